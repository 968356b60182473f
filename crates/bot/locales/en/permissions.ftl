# Permissions: Discord's names for them, the overview, and the explanation of a decision.

## Discord's permissions
# $permission: as Discord's API writes it. The words are those of Discord's settings.

permission = { $permission ->
        [ADMINISTRATOR] Administrator
        [ATTACH_FILES] Attach Files
        [BAN_MEMBERS] Ban Members
        [EMBED_LINKS] Embed Links
        [KICK_MEMBERS] Kick, Approve, and Reject Members
        [MANAGE_CHANNELS] Manage Channels
        [MANAGE_GUILD] Manage Server
        [MANAGE_MESSAGES] Manage Messages
        [MANAGE_NICKNAMES] Manage Nicknames
        [MANAGE_ROLES] Manage Roles
        [MANAGE_WEBHOOKS] Manage Webhooks
        [MODERATE_MEMBERS] Timeout Members
        [READ_MESSAGE_HISTORY] Read Message History
        [SEND_MESSAGES] Send Messages
        [SEND_MESSAGES_IN_THREADS] Send Messages in Threads
        [VIEW_AUDIT_LOG] View Audit Log
        [VIEW_CHANNEL] View Channels
       *[other] { $permission }
    }

## /permissions

permissions-title = Permissions
permissions-mode = { $mode ->
        [discord] Discord's own permissions decide.
        [ranks] Ranks decide.
        [either] A rank or Discord's own permission is enough.
       *[auto] { $ranked ->
            [0] Discord's own permissions decide, because no role has a rank yet.
           *[other] Ranks decide, because at least one role has one.
        }
    }
permissions-ranks = Ranks
# $roles: role mentions, or "none".
permissions-rank-line = **{ $rank }** { $name }: { $roles ->
        [none] no role
       *[other] { $roles }
    }
permissions-overrides = Changed commands
permissions-override-line = `{ $command }` needs rank { $rank }
permissions-overrides-none = No command is changed.
permissions-warnings = Attention
permissions-warning-role-deleted = Rank { $rank } is given to a role that no longer exists (`{ $role }`). Clear it with `/permissions role clear`.
permissions-warning-rank-empty = Rank { $rank } is required by a command, and no role has it.

permissions-role-set = { $role } now has rank { $rank }. It counts from the next command on.
permissions-role-cleared = { $role } no longer has a rank.
permissions-role-none = { $role } has no rank, so there is nothing to clear.
permissions-first-role = This is the first rank of a role: from then on ranks decide instead of Discord's permissions. These roles would lose commands: { $roles }. Go on?
permissions-command-set = `{ $command }` now needs rank { $rank }{ $children ->
        [0] {""}
        [one] {" "}, and so does one command below it
       *[other] {" "}, and so do { $children } commands below it
    }.
permissions-command-cleared = `{ $command }` is back to its default, rank { $rank }.
permissions-command-none = `{ $command }` is not changed, so there is nothing to clear.
# $count, $suggestions: as for unknown flags.
permissions-command-unknown = There is no command { $command }.{ $count ->
        [0] {" "}`/help` lists them.
       *[other] {" "}Did you mean { $suggestions }?
    }
permissions-command-operator = `{ $command }` is for the operators of the bot, and no server can change that.

## Refusals that keep people from locking themselves out, or from promoting themselves

permissions-above-own = You cannot give or require rank { $rank }: it is above your own, { $own }.
permissions-role-above-own = { $role } has rank { $rank }, which is not below your own, { $own }. Ask someone with a higher rank.
permissions-self-lockout = That would take from you the rank that lets you use `/permissions`. Someone else has to do it.

default-rank = { $rank ->
        [0] Member
        [1] Trusted
        [2] Junior moderator
        [3] Moderator
        [4] Senior moderator
        [5] Administrator
        [6] Head administrator
        [7] Owner
       *[other] Rank { $rank }
    }

## /why

why-title = Why { $command }{ $member ->
        [none] {""}
       *[other] {" "}for { $member }
    }
# $step: number of the step in the documented order. $outcome: allows, refuses or passes.
why-step = { $step }. { $text }{ $outcome ->
        [allows] {" "}→ allowed
        [refuses] {" "}→ refused
       *[passes] {""}
    }
why-operator = { $command } is for operators, and they { $is ->
        [yes] are one
       *[no] are not
    }.
why-blocked = { $is ->
        [yes] They or this server are blocked by the operators.
       *[no] Neither they nor this server are blocked.
    }
why-maintenance = { $is ->
        [yes] The bot is under maintenance.
       *[no] The bot is not under maintenance.
    }
why-place = { $place ->
        [dm] Used in a direct message.
       *[guild] Used in a server.
    }
why-owner = They { $is ->
        [yes] own
       *[no] do not own
    } this server.
why-enabled = { $is ->
        [yes] The command is on here.
       *[no] The command is off here, because of `{ $rule }`.
    }
why-mode = Mode `{ $mode }`: { $decides ->
        [discord] Discord's own permissions decide.
        [either] a rank or Discord's own permission is enough.
       *[ranks] ranks decide.
    }
# $permission: a permission text, or "none".
why-bit = { $permission ->
        [none] The command needs no permission.
       *[other] The command needs **{ $permission }**, which they { $is ->
            [yes] have
           *[no] lack
        }.
    }
# $required-by: the command whose row or default decides. $from: where the own rank comes from.
why-rank = The command needs rank { $required } (from { $required-by }); their rank is { $own } (from { $from }).
why-rank-row = the setting of `{ $command }`
why-rank-default = the default of `{ $command }`
why-from-role = { $role }
why-from-administrator = Administrator
why-from-permissions = Discord's permissions
why-from-nothing = no role with a rank
why-hierarchy = Roles: { $text }
why-allowed = **ALLOWED** by step { $step }.
# $advice: a why-advice-… text.
why-refused = **REFUSED** by step { $step }. { $advice }
why-advice-rank = Rank { $required } would change it: `/permissions role set`, or `/permissions command set { $command }` with a lower rank.
why-advice-bit = The permission **{ $permission }** would change it.
why-advice-enable = Switching the command on would change it.
why-advice-operator = Only an entry in the bot's own settings would change it.
why-advice-hierarchy = A higher role would change it.
why-others = Only staff may ask about others.
