/** What the floor stores: a row per user and group, an index for each lookup and for the order of pages. */
export const floorTables = [
  `CREATE TABLE IF NOT EXISTS app_user (
     id uuid PRIMARY KEY DEFAULT uuidv7(),
     user_name text NOT NULL UNIQUE,
     external_id text,
     resource jsonb NOT NULL
   )`,
  `CREATE INDEX IF NOT EXISTS app_user_external_id ON app_user (external_id)`,
  `CREATE TABLE IF NOT EXISTS app_group (
     id uuid PRIMARY KEY DEFAULT uuidv7(),
     display_name text NOT NULL,
     external_id text,
     resource jsonb NOT NULL
   )`,
  `CREATE INDEX IF NOT EXISTS app_group_display_name ON app_group (display_name)`,
  `CREATE INDEX IF NOT EXISTS app_group_external_id ON app_group (external_id)`,
  `CREATE TABLE IF NOT EXISTS app_group_member (
     group_id uuid NOT NULL,
     user_id uuid NOT NULL,
     PRIMARY KEY (group_id, user_id)
   )`,
];
