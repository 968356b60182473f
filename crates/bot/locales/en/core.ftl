# Help, ping, about, prefix, buttons, and what has no other home.

## Buttons

button-confirm = Confirm
button-cancel = Cancel
button-first = First
button-previous = Previous
button-next = Next
button-last = Last
button-target-cases = Their cases
button-invite = Add to a server
button-source = Source code
button-retry = Retry
button-give-up = Give up

## /help

help-title = Help
help-intro = Type `{ $prefix }` or `/` and the name of a command. `{ $prefix }help cases edit` explains one command.
# $category: key of a group of commands.
help-category = { $category ->
        [core] General
        [moderation] Moderation
        [cases] Cases
        [permissions] Permissions
       *[settings] Settings
    }
help-choose-category = Choose a group
help-choose-command = Choose a command
help-usage = Usage
help-aliases = Other names
help-flags = Arguments and flags
help-examples = Example
help-subcommands = Commands below it
help-access = Who may use it
# $rank: number. $permission: a permission, or "none".
help-needed = Rank { $rank }{ $permission ->
        [none] {""}
       *[other] , or { permission } where Discord's permissions decide
    }
help-everyone = Everyone
help-nothing-found = I found no command for { $query }. `/help` alone lists all that you may use.
help-found = Commands for { $query }

## Unknown command

unknown-command = There is no command { $command }.{ $count ->
        [0] {" "}`{ $prefix }help` lists them.
        [one] {" "}Did you mean { $suggestions }?
       *[other] {" "}Did you mean one of { $suggestions }?
    }

## /ping

ping-title = Pong
ping-gateway = Gateway: { $latency ->
        [none] not measured yet
       *[other] { $latency } ms
    }
ping-rest = REST: { $latency } ms
ping-database = Database: { $latency ->
        [none] does not answer
       *[other] { $latency } ms
    }
# $when: a timestamp such as "2 hours ago".
ping-uptime = Started { $when }
ping-shard = Shard { $shard } of { $shards }
ping-guilds = { $count ->
        [one] One server
       *[other] { $count } servers
    }
ping-version = Version { $version }
ping-host = Process: { $tasks } tasks on { $workers } threads
# $used, $most: connections. $waiting: calls without one.
ping-host-database = { $backend } { $version }: { $used } of { $most } connections in use, { $waiting } calls waiting

## /about

about-title = Rookery { $version }
about-text = A moderation bot that its users run themselves. Nothing that a moderator does is lost, doubled or silent.
about-licence = Licence: { $licence }
about-source = Source code: { $url }
# $operators: mentions, or "none".
about-operators = Operators: { $operators ->
        [none] not named
       *[other] { $operators }
    }
about-invite = Add it to your server: { $url }
about-privacy = It stores cases, settings and who made them, and no messages.

## /prefix

prefix-show = My prefix here is { $prefix }, as in { $example }. A mention of me works as well.
prefix-set = My prefix is now { $prefix }, as in { $example }. A mention of me works as well.
prefix-reset = My prefix is { $prefix } again, as in { $example }.
prefix-unchanged = My prefix is already { $prefix }.
prefix-rule = 1 to 5 characters without spaces and backticks, not beginning with @, # or /

## Starting and stopping

# $when: a Discord timestamp. Under an answer while the database is away.
stale-note = -# The database does not answer. What commands you may use is as of { $when }.
restarting = I am restarting. Try again in a moment.

## Lists

list-separator = {", "}
list-more = and { $count } more
