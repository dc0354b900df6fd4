/**
 * Folding must be the same in JavaScript and SQL: NFC, then simple lower-casing. Which collation lower-cases by
 * code point depends on the server: `pg_c_utf8` is built in from PostgreSQL 17; 16 has the C library's `C.UTF-8`.
 */
export const functions = [
  `DO $do$
   DECLARE chosen text;
   BEGIN
     SELECT quote_ident(nspname) || '.' || quote_ident(collname) INTO chosen
     FROM pg_collation JOIN pg_namespace n ON n.oid = collnamespace
     WHERE collname IN ('pg_c_utf8', 'C.UTF-8', 'C.utf8')
       AND collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))
     ORDER BY collname = 'pg_c_utf8' DESC LIMIT 1;
     IF chosen IS NULL THEN
       RAISE EXCEPTION 'This PostgreSQL has neither the collation pg_c_utf8 nor C.UTF-8';
     END IF;
     EXECUTE format($fn$
       CREATE FUNCTION scim_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
       RETURN lower(normalize(value, NFC) COLLATE %s) COLLATE "C"
     $fn$, chosen);
   END $do$`,
  // A dateTime that does not parse is no value at all; a cast would fail the whole query instead.
  `CREATE FUNCTION scim_timestamp(value text) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
   BEGIN
     IF value !~ '^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([Zz]|[+-]\\d{2}:?\\d{2})?$' THEN RETURN NULL; END IF;
     IF value !~ '([Zz]|[+-]\\d{2}:?\\d{2})$' THEN value := value || 'Z'; END IF;
     RETURN value::timestamptz;
   EXCEPTION WHEN others THEN RETURN NULL;
   END $fn$`,
  // A reference is opaque text from outside: what is no UUID names nobody, and must not fail the query.
  `CREATE FUNCTION scim_uuid(value text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
   RETURN CASE WHEN value ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' THEN value::uuid END`,
];
