# What commands and their options are for: shown by Discord while a command is typed, and by /help.
# At most 100 characters each. A summary is cmd-<full name>, its example cmd-<full name>-example.

## General

cmd-help = Lists the commands that you may use, or explains one
cmd-help-example = help cases edit
cmd-help-opt-text = The name of a command, or a word to look for

cmd-ping = Shows whether and how fast the bot answers
cmd-ping-example = ping

cmd-about = Shows what this bot is, who runs it and how to add it to a server
cmd-about-example = about

## Moderation

cmd-warn = Warns members; they get a direct message, and it counts
cmd-warn-example = warn @troll spam

cmd-kick = Removes members from the server; they can join again
cmd-kick-example = kick @troll spam

cmd-ban = Bans users, for good or for a time, also when they are not in the server
cmd-ban-example = ban @troll spam -delete 1d

cmd-tempban = Bans users for a time, also when they are not in the server
cmd-tempban-example = tempban @troll 7d spam

cmd-softban = Removes members and their recent messages; they can join again
cmd-softban-example = softban @troll spam

cmd-unban = Lifts bans
cmd-unban-example = unban @troll appealed

cmd-timeout = Keeps members from writing and speaking for a time
cmd-timeout-example = timeout @troll 10m spam

cmd-untimeout = Lets members write and speak again
cmd-untimeout-example = untimeout @troll

## Cases

cmd-case = Shows a case and everything that happened to it
cmd-case-example = case 12

cmd-cases = Lists, searches and edits cases
cmd-cases-example = cases @troll
cmd-cases-opt-user = The number of a case, or a user whose cases to list
cmd-cases-opt-mod = Only cases by this moderator
cmd-cases-opt-reason = Words in the reason

cmd-cases-list = Lists cases, the newest first
cmd-cases-list-example = cases list -user @troll -type ban
cmd-cases-list-opt-reason = Words in the reason
cmd-cases-list-opt-user = Only cases about this user
cmd-cases-list-opt-mod = Only cases by this moderator

cmd-cases-edit = Changes the reason or the end of a case
cmd-cases-edit-example = cases edit 12 -reason spam in general
cmd-cases-edit-opt-reason = The new reason
cmd-cases-edit-opt-duration = The new end, counted from now, such as 2d

cmd-cases-retry = Tries again what Discord refused
cmd-cases-retry-example = cases retry 12

## Permissions

cmd-permissions = Decides who may use which command
cmd-permissions-example = permissions

cmd-permissions-overview = Shows who decides, the ranks, their roles and the changed commands
cmd-permissions-overview-example = permissions overview

cmd-permissions-role = Gives ranks to roles
cmd-permissions-role-set = Gives a role a rank
cmd-permissions-role-set-example = permissions role set @Moderator 3
cmd-permissions-role-clear = Takes the rank of a role away
cmd-permissions-role-clear-example = permissions role clear @Moderator

cmd-permissions-command = Changes which rank a command needs
cmd-permissions-command-set = Sets the rank that a command and those below it need
cmd-permissions-command-set-example = permissions command set cases edit 4
cmd-permissions-command-clear = Returns a command to the rank that it needs by default
cmd-permissions-command-clear-example = permissions command clear cases edit

cmd-why = Explains step by step why somebody may use a command or may not
cmd-why-example = why ban @alice
cmd-why-opt-member = Who is asked about; yourself when left out
cmd-why-opt-channel = Where the command would be used
cmd-why-opt-target = Whom the command would be aimed at

## Settings

cmd-prefix = Shows or changes what typed commands begin with
cmd-prefix-example = prefix
cmd-prefix-show = Shows what typed commands begin with
cmd-prefix-show-example = prefix show
cmd-prefix-set = Changes what typed commands begin with
cmd-prefix-set-example = prefix set ?
cmd-prefix-reset = Returns to the usual prefix
cmd-prefix-reset-example = prefix reset

cmd-logs = Decides which channel gets which messages about the bot's work
cmd-logs-example = logs
cmd-logs-list = Shows which log goes where, and whether it arrives
cmd-logs-list-example = logs list
cmd-logs-set = Sends a log to a channel
cmd-logs-set-example = logs set mod #mod-log
cmd-logs-clear = Stops posting a log
cmd-logs-clear-example = logs clear dev

cmd-reasons = Keeps the reasons that moderators give by name
cmd-reasons-example = reasons
cmd-reasons-list = Shows the reasons that can be given by name
cmd-reasons-list-example = reasons list
cmd-reasons-set = Stores a reason under a name, to be given as $name
cmd-reasons-set-example = reasons set spam Spam or advertising
cmd-reasons-set-opt-text = The reason that the name stands for
cmd-reasons-delete = Deletes a stored reason; cases keep its text
cmd-reasons-delete-example = reasons delete spam

## Options that mean the same for every command

opt-active = Only cases that are in force now
opt-also = More members: up to 19 mentions or ids
opt-channel = The channel
opt-command = The full name of a command, such as cases edit
opt-delete = Delete their messages of so many days: 0 to 7
opt-duration = How long, such as 10m, 7d or 2 weeks
opt-kind = Which log
opt-member = The member, also by id
opt-name = The name, such as spam
opt-number = The number of the case
opt-prefix = 1 to 5 characters without spaces and backticks, not beginning with @, # or /
opt-rank = From 0, everyone, to 10
opt-reason = Why, or $name of a stored reason; the log and the member's message show it
opt-role = The role
opt-silent = Send them no direct message
opt-since = Only cases since this time, such as 7d ago or 2027-03-01
opt-source = How the case came about
opt-state = The state of the case
opt-type = The kind of the case
opt-until = Only cases until this time
