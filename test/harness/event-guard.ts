/**
 * Fails the commit of a change that the host product would not hear of, in every test: a member who changed needs an
 * event with their new version, and a version grows by one event. A membership that began needs its event, too. The
 * service writes members in transactions; what a test fills a table with, in a statement by itself, is not guarded.
 */
export const eventGuardSql = `
CREATE INDEX event_guard ON event (workspace_id, subject_id, subject_version);

CREATE SCHEMA guard;

CREATE FUNCTION guard.member() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unseen text[] := ARRAY['updated_at', 'email_key', 'deactivated_at', 'removal_due_at', 'version'];
BEGIN
  IF coalesce(current_query(), '') NOT ILIKE 'COMMIT%' THEN RETURN NULL; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.version = OLD.version THEN
      IF to_jsonb(NEW) - unseen = to_jsonb(OLD) - unseen THEN RETURN NULL; END IF;
      RAISE EXCEPTION 'A member changed without a new version: % was %', to_jsonb(NEW), to_jsonb(OLD);
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'The version of a member went from % to %', OLD.version, NEW.version;
    END IF;
  END IF;
  IF NOT EXISTS (SELECT FROM event WHERE workspace_id = NEW.workspace_id AND subject_id = NEW.id
      AND subject_version = NEW.version AND subject_kind = 'member') THEN
    RAISE EXCEPTION 'There is no event for version % of a member: %', NEW.version, to_jsonb(NEW);
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER guard_member AFTER INSERT OR UPDATE ON member
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard.member();

CREATE FUNCTION guard.membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_query(), '') NOT ILIKE 'COMMIT%' THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM event WHERE workspace_id = NEW.workspace_id AND subject_id = NEW.group_id
      AND type = 'group.member_added' AND data #>> '{member,id}' = NEW.member_id::text) THEN
    RAISE EXCEPTION 'There is no event for a membership: %', to_jsonb(NEW);
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER guard_membership AFTER INSERT ON member_group_member
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard.membership();
`;
