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
        [dm] direct message: { $detail }
        [logged] log message: { $detail }
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

## Lists

cases-title = Cases
cases-title-user = Cases of { $target }
# $when: a timestamp. $target, $reason: shortened and escaped.
cases-line = **#{ $case }** { case-kind } · { case-state } · { $target } · { $when } · { $reason }
cases-none = No cases yet. The first `/warn` or `/ban` makes one.
cases-none-found = No case matches that.
cases-summary = { $count ->
        [one] One case
       *[other] { $count } cases
    }, { $active ->
        [0] none active
        [one] one active
       *[other] { $active } active
    }
cases-page = Page { $page } of { $pages }

## Editing

cases-edited = Case #{ $case } is changed: { $changes }.
cases-edited-reason = the reason
cases-edited-until = it now ends { $until }
cases-edited-forever = it no longer ends by itself
cases-unchanged = Case #{ $case } already says that, so nothing was changed.
cases-edit-others = You may edit your own cases. Case #{ $case } is by { $moderator }; for that you need rank { $required }.
