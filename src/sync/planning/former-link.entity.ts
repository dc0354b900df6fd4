import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The member that a directory user had before an admin linked it to another one. */
@Entity('former_link')
@Index('former_link_external_id', ['workspaceId', 'externalId'], { where: '(external_id IS NOT NULL)' })
@Index('former_link_given_to', ['workspaceId', 'givenTo'])
export class FormerLinkEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'directory_user_id' })
  directoryUserId!: string;

  @Column('uuid', { name: 'member_id' })
  memberId!: string;

  @Column({ type: 'text', name: 'external_id', nullable: true, collation: 'C' })
  externalId!: string | null;

  @Column('text')
  name!: string;

  /** The directory user that the member was linked to instead. */
  @Column('uuid', { name: 'given_to' })
  givenTo!: string;

  /** The address of that admin. */
  @Column('text', { name: 'given_by' })
  givenBy!: string;

  @Column('timestamptz', { name: 'given_at' })
  givenAt!: Date;
}
