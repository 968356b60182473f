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
permissions-warning-rank-empty = Rank { $rank } is required by a command, and no role reaches it.

permissions-role-set = { $role } now has rank { $rank }. It counts from the next command on.
permissions-role-unchanged = { $role } already has rank { $rank }.
permissions-role-unknown = There is no role { $role } in this server.
permissions-rank-unknown = There is no rank { $rank } in this server. `/permissions` lists those that there are.
permissions-role-cleared = { $role } no longer has a rank.
permissions-role-none = { $role } has no rank, so there is nothing to clear.
# $roles: role mentions, or "none".
permissions-first-role = { $role } would be the first role with a rank ({ $rank }). From then on ranks decide instead of Discord's permissions. { $roles ->
        [none] No role would lose a command.
       *[other] These roles would lose commands until they get ranks as well: { $roles }.
    } Go on?
permissions-command-set = `{ $command }` now needs rank { $rank }{ $children ->
        [0] {""}
        [one] , and so does one command below it
       *[other] , and so do { $children } commands below it
    }.
permissions-command-unchanged = `{ $command }` already needs rank { $rank }.
# $rank: number, or "none" for a group of commands.
permissions-command-cleared = `{ $command }` is back to { $rank ->
        [none] the defaults of the commands below it
       *[other] rank { $rank }
    }.
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
permissions-command-above-own = That would change `{ $command }`, which needs rank { $rank } before or after; your own is { $own }. Ask someone with a higher rank.
permissions-self-promotion = That would let you do more than you may do now. Ask someone with a higher rank, or the owner of the server.
# $rank: what /permissions would need then.
permissions-self-lockout = After that you could not use `/permissions` any more. Give one of your own roles rank { $rank } first, or ask the owner of the server.

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
# $needed: whether the command is for operators; $is: whether the person is one. Here and below: yes or no.
why-operator = { $needed ->
        [yes] For operators only; is one: { why-word }
       *[no] Not for operators only
    }
why-place = { $place ->
        [dm] Used in a direct message
       *[guild] Used in a server
    }
why-owner = Owner of the server: { why-word }
# $rule: the command whose rule switches it off, or "none".
why-enabled = { $rule ->
        [none] Not switched off
       *[other] Switched off by the rule of `{ $rule }`
    }
# $permission: a permission, or "none".
why-bit = { $permission ->
        [none] Needs no permission
       *[other] Needs the permission **{ permission }**; has it: { why-word }
    }
# $required-by: a why-required text. $from: a why-from text.
why-rank = Needs rank **{ $required }** ({ $required-by }); has rank **{ $own }** ({ $from })
why-either = Either is enough. { why-bit }. { why-rank }
why-word = { $is ->
        [yes] yes
       *[no] no
    }
why-required-row = the rule of `{ $command }`
why-required-default = its default
why-from-role = from { $role }
why-from-administrator = from the permission Administrator
why-from-permissions = from Discord's permissions
why-from-nothing = no role gives one
# $check: a check of the target. $is: whether it holds.
why-target = { $check ->
        [oneself] { $target } is somebody else
        [bot] { $target } is not me
        [owner] { $target } does not own the server
        [roles] Highest role above that of { $target }
        [rank] Rank above that of { $target }
        [bot-roles] My highest role above that of { $target }
       *[bot-permissions] I have the permissions for it
    }: { why-word }
why-allowed = **ALLOWED** by step { $step }.
# $advice: a why-advice text, or the refusal that a moderator would see.
why-refused = **REFUSED** by step { $step }. { $advice }
why-advice-rank = Rank { $required } would change it: `/permissions role set` gives it to a role, `/permissions command set` lets `{ $command }` need less.
why-advice-bit = The permission **{ permission }** would change it.
why-advice-enabled = Switching the command on would change it.
why-advice-operator = Only an entry in the settings of the bot would change it.
why-advice-place = Using it in a server would change it.
why-others = Only staff may ask about others: rank 2, or the permission Timeout Members.
why-channel-unknown = { $channel } is not a channel of this server that I can see.
why-target-none = `{ $command }` is not aimed at anybody, so a target changes nothing.
