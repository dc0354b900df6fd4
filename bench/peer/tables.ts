/** What the peer stores: resources as jsonb, an index for each lookup and for the order of pages. */
export const peerTables = [
  `CREATE TABLE IF NOT EXISTS scim_user (
     id uuid PRIMARY KEY DEFAULT uuidv7(),
     user_name text NOT NULL,
     external_id text,
     resource jsonb NOT NULL,
     created timestamptz NOT NULL DEFAULT now(),
     last_modified timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE UNIQUE INDEX IF NOT EXISTS scim_user_user_name ON scim_user (lower(user_name))`,
  `CREATE INDEX IF NOT EXISTS scim_user_external_id ON scim_user (external_id)`,
  // SCIMMY reads and writes a group with all its members, so they lie where one statement reaches them.
  `CREATE TABLE IF NOT EXISTS scim_group (
     id uuid PRIMARY KEY DEFAULT uuidv7(),
     display_name text NOT NULL,
     external_id text,
     members jsonb NOT NULL,
     created timestamptz NOT NULL DEFAULT now(),
     last_modified timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX IF NOT EXISTS scim_group_display_name ON scim_group (lower(display_name))`,
  `CREATE INDEX IF NOT EXISTS scim_group_external_id ON scim_group (external_id)`,
];
