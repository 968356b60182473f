# Refusals and failures, by the ids that logs and tests use.
# Every text says what did not happen, why, and what to do next.
# Values are ready to be shown: text of users is escaped, flags and commands are in code style.

## Permission

# $required, $own: rank numbers. $required-name: the name of the rank, or "none" when it has none. $command: full name.
err-perm-rank = You need rank { $required }{ $required-name ->
        [none] {""}
       *[other] {" "}({ $required-name })
    } for { $command }; your rank is { $own }. `/why` shows how that was decided.
# $permission: as Discord's API writes it, which `permission` puts into words. $command: full name.
err-perm-bit = You need the permission **{ permission }** for { $command }. Ask an administrator for it, or for a rank.
err-perm-disabled = { $command } is switched off in this server. An administrator can switch it on with `/permissions command enable`.
err-perm-channel = { $command } may not be used in this channel. Try it in another one.
err-operator-only = Only the operators of this bot may use { $command }. Running a server is not enough.
err-guild-only = { $command } works in a server only. Use it there.
err-dm-only = { $command } works in direct messages only. Write it to me directly.
# $permission: as above. $channel: a channel mention, or "none" when the whole server is meant.
err-bot-perm = I lack the permission **{ permission }**{ $channel ->
        [none] {""}
       *[other] {" "}in { $channel }
    }. Give it to my role and try again.
err-barred = You may not do that while case #{ $case } is active.
err-not-owner = That belongs to { $owner }, so only they or staff can change it.
err-locked = That is locked. A moderator can unlock it.
err-not-yours = Only { $owner } can use these buttons. Run { $command } to get your own.

## Targets

# $target: what was typed.
err-target-not-found = I found nobody called { $target }. Use a mention or an id.
# $people: mentions with ids, at most five.
err-target-ambiguous = Several people are called { $name }: { $people }. Use a mention or an id.
# $target: the name of the user, here and below.
err-target-not-member = { $target } is not in this server, so there is nothing to do.
err-target-self = You cannot do that to yourself.
err-target-me = I do not do that to myself. To be rid of me, remove me in the server settings.
err-target-owner = { $target } owns this server; nobody can do that to them.
err-target-hierarchy = Your highest role is not above that of { $target }. Ask someone with a higher role.
err-target-rank = { $target } has rank { $target-rank }, and yours is { $own }. Ask someone with a higher rank.
err-target-bot = { $target } is a bot, and { $command } does not work on bots.
err-target-admin = { $target } is an administrator, and Discord does not allow that. Take the role away first.
err-bot-hierarchy = My highest role is not above that of { $target }. Move my role up in the server settings and try again.

## Cases

# $when: a timestamp such as "3 seconds ago".
err-already-active = { $target } is already { $action ->
        [jail] jailed
        [timeout] timed out
       *[ban] banned
    }: case #{ $case } by { $moderator }, { $when }.
# Done in Discord itself, so there is no case.
err-already-native = { $target } is already { $action ->
        [timeout] timed out
       *[ban] banned
    }, by Discord's own means and without a case.
err-not-active = { $target } is not { $action ->
        [unban] banned
        [untimeout] timed out
        [unjail] jailed
       *[other] under a sanction of that kind
    }, so there is nothing to lift.
err-case-not-found = There is no case #{ $case } here. `/cases list` shows all of them.
err-case-state = Case #{ $case } is { $state }, so that can no longer be changed.
err-retry-nothing = Nothing that was owed for case #{ $case } has failed, so there is nothing to try again. `/case { $case }` shows its timeline.
err-retry-ended = Case #{ $case } was to end { $when }, which has passed. Use the command again with a new end.
err-retry-overtaken = { $target } has got a newer case of that kind since, so case #{ $case } is left as it is.

## Input

err-time-format = I cannot read that as a time. Try `30m`, `1h30m`, `2 days`, `tomorrow 9:00` or `2027-03-05 10:00`.
# $least, $most: durations such as "1s" and "1y".
err-time-range = { $case ->
        [limits] That time is out of range: this takes from `{ $least }` to `{ $most }`.
        [endless] This needs an end: from `{ $least }` to `{ $most }`.
       *[absurd] That time is zero or too far away. Try `30m` or `7d`.
    }
err-time-past = That time has already passed. Choose one that is still to come.
# $argument: a key of the list below.
err-arg-missing = { $argument ->
        [member] Whom do you mean? Add a mention, an id or a name.
        [duration] For how long? Add a time such as `10m` or `7d`.
        [time] For how long? Add a time such as `10m` or `7d`.
        [number] Which case? Add its number.
        [command] Which command? Add its name, such as `cases edit`.
        [role] Which role? Add a mention or its id.
        [rank] Which rank? Add a number from 0 to 10.
        [channel] Which channel? Add a mention or its id.
        [kind] Which kind of log? Add `mod` or `dev`.
        [prefix] Which prefix? Add 1 to 5 characters.
        [change] What should change? Add `-reason` or `-duration`.
       *[other] Something is missing.
    }
err-reason-missing = This server wants a reason for every action. Add one, such as `-reason spam`.
# Follows refusals of input. $usage: the command with its arguments, in code style.
err-usage = Usage: { $usage }
err-arg-extra = I do not know what to do with { $value }, so nothing was done.
# $commands: the commands below it.
err-subcommand-missing = That is a group of commands: { $commands }.
err-flag-unknown = There is no flag { $flag } here, so nothing was done.{ $count ->
        [0] {""}
        [one] {" "}Did you mean { $suggestions }?
       *[other] {" "}Did you mean one of { $suggestions }?
    }
err-flag-value = { $problem ->
        [missing] { $flag } needs a value after it.
        [twice] { $flag } is there twice. Keep one of them.
        [switch] { $flag } takes `true`, `false` or nothing.
        [choice] { $flag } is one of { $choices }.
        [mention] { $flag } takes a mention or an id.
        [days] { $flag } takes a number of days, such as `7` or `7d`.
       *[number] { $flag } takes a whole number.
    } Nothing was done.
# $least, $most: numbers.
err-number-range = { $what ->
        [flag] { $flag } takes a number from { $least } to { $most }.
        [targets] You named { $value } people; one command takes { $least } to { $most }.
       *[value] That number is out of range: it must be from { $least } to { $most }.
    }
err-text-length = That text has { $length } characters; at most { $most } fit. Shorten it and try again.
# $rule: what a name must be like.
err-name-invalid = { $name } cannot be used: { $rule }.
# $name: of a stored reason. $count, $suggestions: as for unknown flags.
err-reason-unknown = There is no stored reason { $name }, so nothing was done.{ $count ->
        [0] {" "}`/reasons list` shows them.
       *[other] {" "}Did you mean { $suggestions }?
    } A reason that really begins with `$` is typed with `$$`.
err-name-taken = { $name } is already in use. Choose another name.

## Limits

err-quota = You already have { $count } of at most { $most }. Remove one first.
# $seconds: whole seconds, at least 1.
err-cooldown = Not so fast. Try again in { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.

## State

# $command: the command that turns it on, here and below.
err-feature-off = That feature is off in this server. { $command } turns it on.
err-config-missing = That is not set up in this server yet. { $command } does it.
err-service-off = That service is not set up for this bot. Its operators can add it.
err-service-down = That service does not answer. Try again in a few minutes.
err-stale-component = This button is out of date. Run the command again to get a new one.
err-maintenance = The bot is under maintenance, so nothing was done. Try again later.
err-too-busy = I have too much to do at the moment, and nothing was done. Try again in a few seconds.
err-db-down = The database does not answer, so nothing was recorded and nothing was done. Try again in a moment.
err-db-unknown = The database stopped answering in the middle, so I do not know whether that was stored. Look before you try again: `/cases list` shows every case.
err-discord-down = Discord did not answer me, so I could not finish that. Look whether it was done before you try again.
# $error: the id that is also in the log.
err-internal = Something went wrong inside the bot, and it is in the log as `{ $error }`. Try again; if it stays, tell the operators that id.
