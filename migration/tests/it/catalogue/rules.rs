//! What each rule says, who offends against it, and what would.

/// One rule.
pub(crate) struct Rule {
    pub(crate) text: &'static str,
    /// Names what breaks the rule, one row each.
    pub(crate) offenders: &'static str,
    /// Breaks the rule once.
    pub(crate) breach: &'static str,
}

/// All of them. The migrations' own list is not ours to shape, so it is left out.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        text: "every table has a primary key",
        offenders: "
            SELECT relname::text FROM pg_class c
             WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')",
        breach: "CREATE TABLE b (guild_id bigint NOT NULL)",
    },
    Rule {
        text: "primary keys and unique indexes of guild-owned tables begin with the guild",
        offenders: "
            SELECT x.indexrelid::regclass::text FROM pg_index x
              JOIN pg_attribute g ON g.attrelid = x.indrelid AND g.attname = 'guild_id' AND g.attnotnull
             WHERE x.indisunique AND x.indkey[0] <> g.attnum",
        breach: "CREATE UNIQUE INDEX b ON log_channel (channel_id, guild_id)",
    },
    Rule {
        text: "foreign keys of guild-owned tables begin with the guild on both sides",
        offenders: "
            SELECT conname::text FROM pg_constraint k
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
              JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
             WHERE contype = 'f' AND (a.attname <> 'guild_id'
                OR b.attname <> CASE WHEN k.confrelid = 'guild'::regclass THEN 'id' ELSE 'guild_id' END)",
        breach: "ALTER TABLE guild ADD FOREIGN KEY (owner_id) REFERENCES guild (id)",
    },
    Rule {
        text: "only guild-owned tables have foreign keys",
        offenders: "
            SELECT conname::text FROM pg_constraint k WHERE contype = 'f' AND NOT EXISTS (
                SELECT FROM pg_attribute g
                 WHERE g.attrelid = k.conrelid AND g.attname = 'guild_id' AND g.attnotnull)",
        breach: "ALTER TABLE obligation ADD FOREIGN KEY (guild_id) REFERENCES guild (id)",
    },
    Rule {
        text: "foreign keys restrict or cascade on delete, and do nothing on update",
        offenders: "
            SELECT conname::text FROM pg_constraint
             WHERE contype = 'f' AND (confdeltype IN ('n', 'd') OR confupdtype <> 'a')",
        breach: "CREATE TABLE b (guild_id bigint PRIMARY KEY REFERENCES guild (id) ON DELETE SET NULL)",
    },
    Rule {
        text: "there is one foreign key between two tables",
        offenders: "
            SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'
             GROUP BY conrelid, confrelid HAVING count(*) > 1",
        breach: "ALTER TABLE case_event ADD FOREIGN KEY (guild_id, number) REFERENCES mod_case",
    },
    Rule {
        text: "there are no triggers",
        offenders: "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal",
        breach: "CREATE TRIGGER b BEFORE UPDATE ON guild FOR EACH ROW
                 EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    },
    Rule {
        text: "there are no functions",
        offenders: "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        breach: "CREATE FUNCTION b() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    },
    Rule {
        text: "there are no sequences, and so no serial or identity columns",
        offenders: "SELECT relname::text FROM pg_class WHERE relkind = 'S'",
        breach: "CREATE TABLE b (guild_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)",
    },
    Rule {
        text: "there are no types of our own",
        offenders: "
            SELECT typname::text FROM pg_type
             WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')",
        breach: "CREATE TYPE b AS ENUM ('one')",
    },
    Rule {
        text: "columns have the types that both databases share: whole numbers are bigint, text is \
               text, and times have a zone and microseconds",
        offenders: "
            SELECT format('%s.%s %s', c.relname, attname, format_type(atttypid, atttypmod))
              FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0
               AND NOT attisdropped AND c.relname <> 'seaql_migrations'
               AND format_type(atttypid, atttypmod) NOT IN
                   ('bigint', 'boolean', 'bytea', 'jsonb', 'text', 'timestamp with time zone', 'uuid')",
        breach: "ALTER TABLE guild ADD b integer",
    },
    Rule {
        text: "text and bytes are bounded by a CHECK",
        offenders: "
            SELECT format('%s.%s', c.relname, attname)
              FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0
               AND NOT attisdropped AND c.relname <> 'seaql_migrations'
               AND atttypid IN ('text'::regtype, 'bytea'::regtype) AND NOT EXISTS (
                   SELECT FROM pg_constraint WHERE contype = 'c' AND conrelid = c.oid
                      AND conkey = ARRAY[a.attnum]
                      AND pg_get_constraintdef(oid) ~ 'length|= ANY')",
        breach: "ALTER TABLE guild ADD b text CHECK (b <> '')",
    },
    Rule {
        text: "ids of Discord are checked",
        offenders: "
            SELECT format('%s.%s', c.relname, attname)
              FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0
               AND NOT attisdropped AND atttypid = 'bigint'::regtype AND attname ~ '(^|_)id$'
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'c' AND conrelid = c.oid
                                  AND conkey = ARRAY[a.attnum])",
        breach: "ALTER TABLE guild ADD b_id bigint",
    },
    Rule {
        text: "`created_at` and `updated_at` come together and are required",
        offenders: "
            SELECT table_name::text FROM information_schema.columns
             WHERE table_schema = 'public' AND column_name IN ('created_at', 'updated_at')
             GROUP BY table_name HAVING count(*) <> 2 OR bool_or(is_nullable = 'YES')",
        breach: "ALTER TABLE case_event ADD updated_at timestamptz NOT NULL",
    },
    Rule {
        text: "`version` is required and begins with 1",
        offenders: "
            SELECT table_name::text FROM information_schema.columns
             WHERE table_schema = 'public' AND column_name = 'version'
               AND table_name <> 'seaql_migrations'
               AND (is_nullable, coalesce(column_default, '')) NOT IN (('NO', '1'), ('NO', '''1''::bigint'))",
        breach: "ALTER TABLE counter ADD version bigint",
    },
    Rule {
        text: "constraints and indexes are called <table>_<what>_<kind>",
        offenders: "
            WITH named AS (
                SELECT conrelid AS owner, conname AS name,
                       CASE contype WHEN 'p' THEN 'pkey' WHEN 'f' THEN 'fkey' WHEN 'c' THEN 'check' ELSE 'key' END AS kind
                  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION
                SELECT x.indrelid, i.relname,
                       CASE WHEN x.indisprimary THEN 'pkey' WHEN x.indisunique THEN 'key' ELSE 'idx' END
                  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                 WHERE i.relnamespace = 'public'::regnamespace
            )
            SELECT format('%s of %s', name, relname) FROM named JOIN pg_class ON oid = owner
             WHERE name !~ format('^%s_([a-z_]+_)?%s$', relname, kind)",
        breach: "CREATE INDEX guild_b_key ON guild (owner_id)",
    },
];
