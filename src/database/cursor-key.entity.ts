import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The key that seals the cursors of this installation: one row. */
@Entity('cursor_key')
export class CursorKeyEntity {
  @PrimaryColumn('boolean')
  one!: boolean;

  @Column('bytea')
  key!: Buffer;
}
