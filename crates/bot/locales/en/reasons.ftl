# Stored reasons.

reasons-title = Stored reasons
reasons-none = There are none yet. `/reasons set` stores one under a name; `!warn @member $name` then gives it.
reasons-name-rule = a letter first, then letters, digits, - and _, at most 32 characters
# $name: code.
reasons-created = { $name } is stored.
reasons-changed = { $name } has a new text. Cases keep the old one.
reasons-unchanged = { $name } had this text already.
reasons-deleted = { $name } is deleted. Cases keep its text.
