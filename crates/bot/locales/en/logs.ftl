# Log channels, and the messages in them.

## Kinds of logs

# $log: the kind of a log.
log-kind = { $log ->
        [mod] Moderation
        [audit] Settings
        [join] Joins and leaves
        [message] Messages
        [private] Staff only
        [report] Reports
        [dev] Problems
       *[other] { $log }
    }
log-kind-about = { $log ->
        [mod] every case: made, edited, ended, failed
        [dev] what the bot could not do, and why
       *[other] { log-kind }
    }

## /logs

logs-title = Log channels
# $channel: a channel mention, or "none". $health: ok, failed or unused. $when: a timestamp.
logs-line = **{ log-kind }** (`{ $log }`): { $channel ->
        [none] not set
       *[other] { $channel } · { $health ->
            [ok] last post { $when }
            [failed] last post failed: { $error }
           *[unused] nothing posted yet
        }
    }
logs-hint = `/logs set` chooses a channel.
logs-set = **{ log-kind }** (`{ $log }`) is posted to { $channel } from now on: { log-kind-about }.
logs-cleared = **{ log-kind }** (`{ $log }`) is no longer posted anywhere.
logs-not-set = **{ log-kind }** (`{ $log }`) has no channel, so there is nothing to clear.
logs-channel-invalid = { $channel } is not a channel of this server that takes messages, or I cannot see it.

## Messages in the mod log
# The fields are those of a case, in cases.ftl. $target: name of the user, with the id.

log-case-title = #{ $case } { action-did }
log-case-pending-title = #{ $case } { action-not-done } yet
log-case-failed-title = #{ $case } failed: { action-not-done }
log-case-ended = Ended { $when }: { case-state }
log-case-failed-help = { $why }
# What was refused after the case had taken effect. $obligation: its kind. $why: a sentence.
log-dead-letter = **#{ $case }** { case-kind } of { $target }: { case-obligation } failed for good. { $why }

## Messages in the problem log

# $obligation: its kind. $why: a sentence.
dev-obligation-failed = Case #{ $case }: { case-obligation } failed for good. { $why }
dev-log-failed = Case #{ $case } could not be posted to { $channel }: { $why } Check my permissions there, or choose another channel with `/logs set`.
