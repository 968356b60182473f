# Cases: their words, the card of one case, and lists.

## Words

# $kind: the kind of a case.
case-kind = { $kind ->
        [ban] Ban
        [tempban] Temporary ban
        [softban] Softban
        [unban] Unban
        [kick] Kick
        [warn] Warning
        [note] Note
        [timeout] Timeout
        [untimeout] Timeout lifted
        [jail] Jail
        [unjail] Jail lifted
        [snippetban] Snippet ban
        [snippetunban] Snippet ban lifted
        [pollban] Poll ban
        [pollunban] Poll ban lifted
        [purge] Purge
        [slowmode] Slow mode
        [lockdown] Lockdown
        [nick] Nickname
        [role] Role
       *[other] { $kind }
    }
# $state: the state of a case.
case-state = { $state ->
        [pending] waiting for Discord
        [active] active
        [done] done
        [failed] failed
        [expired] ended by time
        [lifted] lifted
        [superseded] replaced by a newer case
        [voided] withdrawn
       *[other] { $state }
    }
# $source: where a case came from.
case-source = { $source ->
        [command] a command
        [native] Discord itself
        [automod] an automatic rule
        [escalation] an escalation
        [expiry] its end
        [appeal] an appeal
        [plan] a plan
        [import] an import
        [operator] an operator
       *[other] { $source }
    }
# One event of a case's timeline. $event: its kind. $actor: who did it.
case-event = { $event ->
        [created] created by { $actor }
        [effective] confirmed by Discord
        [failed] failed: { $detail }
        [retried] tried again by { $actor }
        [edited] edited by { $actor }: { $detail }
        [commented] comment by { $actor }: { $detail }
        [dm] told by direct message
        [logged] log message posted
        [expired] ended by time
        [lifted] lifted by case #{ $detail }
        [superseded] replaced by case #{ $detail }
        [voided] withdrawn by { $actor }: { $detail }
        [restored] restored by { $actor }
        [evidence] evidence added by { $actor }
        [appeal] appeal: { $detail }
        [redacted] text removed on request
       *[other] { $event }
    }
# One obligation in a case's timeline. $obligation: its kind.
case-obligation = { $obligation ->
        [ban] ban
        [unban] unban
        [kick] kick
        [timeout] timeout
        [timeout_clear] end of timeout
        [dm] direct message
        [log] log message
        [log_edit] update of the log message
        [reply] reply
        [expire] end by time
        [renew] renewal of the timeout
       *[other] { $obligation }
    }
# $state: the state of an obligation. $attempts: tries so far. $when: next try, a timestamp.
case-obligation-state = { $state ->
        [pending] due { $when }, { case-attempts }
        [leased] being done, { case-attempts }
        [done] done
        [failed] failed after { case-attempts }: { $detail }
        [cancelled] no longer needed
        [paused] paused until the bot is back in the server
       *[other] { $state }
    }
# What the last try met. $detail: in Discord's or the computer's words.
case-obligation-last = (last time: { $detail })
case-attempts = { $attempts ->
        [0] not tried yet
        [one] one try
       *[other] { $attempts } tries
    }

## One case

case-title = Case #{ $case } · { case-kind }
case-target = Member
case-channel = Channel
case-moderator = Moderator
case-reason = Reason
case-status = State
case-opened = Opened
case-until = Ends
case-closed = Ended
case-origin = Made by
case-timeline = Timeline
case-superseded-by = Replaced by case #{ $case }
case-lifted-by = Lifted by case #{ $case }
case-log-message = Log message
case-automatic = automatic
# Stands for the names of staff where a member reads about their own case.
case-actor-staff = staff
# $before: the reason until then.
case-edited-reason = the reason, which was "{ $before }"
case-timeline-earlier = … and { $count } earlier
# What somebody gave up on. $obligation: its kind.
case-given-up = gave up: { case-obligation }

## Trying again

# $obligation: what had failed. $state: how it stands now.
retry-done = **#{ $case }** { case-obligation }: { $state ->
        [done] done.
        [cancelled] no longer needed.
        [failed] refused again. The log says why.
       *[other] I keep trying.
    }
retry-given-up = **#{ $case }** is left as it is; nothing more is tried for { $target }.

## Lists

cases-title = Cases
cases-title-user = Cases of { $target }
# $when: a timestamp. $target, $reason: shortened and escaped.
cases-line = **#{ $case }** { case-kind } · { case-state } · { $target } · { $when } · { $reason }
cases-none = No cases yet. The first `/warn` or `/ban` makes one.
cases-none-found = No case matches that.
# $groups: cases-summary-group texts.
cases-summary = { $count ->
        [one] One case
       *[other] { $count } cases
    }: { $groups }
# $group: a family of kinds, or a kind that stands alone. $states: cases-summary-state texts.
cases-summary-group = { $group ->
        [ban] bans
        [timeout] timeouts
        [jail] jails
        [snippet] snippet bans
        [poll] poll bans
        [kick] kicks
        [warn] warnings
        [note] notes
        [purge] purges
        [slowmode] slow modes
        [lockdown] lockdowns
        [nick] nicknames
        [role] roles
       *[other] { $group }
    } { $states }
cases-summary-state = { $count } { case-state }
cases-page = Page { $page } of { $pages }

## Editing

cases-edited = Case #{ $case } is changed: { $changes }.
cases-edited-reason = the reason
cases-edited-until = it now ends { $until }
cases-edited-forever = it no longer ends by itself
cases-unchanged = Case #{ $case } already says that, so nothing was changed.
# Discord has to be told of a new end, too.
cases-edited-queued = Discord does not know of the new end yet; I keep trying.
cases-edited-refused = Discord refused the new end, so the timeout there still ends as before. `/case { $case }` shows why.
# What somebody lacks the permission for, inside err-perm-…; $moderator: who made the case.
cases-edit-others = editing a case of { $moderator }
cases-edit-endless = Case #{ $case } ({ case-kind }) has no end that could be changed. Leave `-duration` out.
