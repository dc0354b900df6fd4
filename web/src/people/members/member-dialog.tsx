import type { Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { MemberForm } from './member-form.tsx';

interface MemberDialogProps {
  opened: boolean;
  /** Null to add somebody. */
  member: Member | null;
  onClose: () => void;
  onSaved?: (member: Member) => void;
}

/** Adds or edits a member. What the identity provider manages can be seen but not changed. */
export function MemberDialog({ opened, member, onClose, onSaved }: MemberDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t(member ? 'member.edit' : 'members.add')}>
      {opened && (
        <MemberForm
          member={member}
          onCancel={onClose}
          onSaved={(saved) => {
            onClose();
            onSaved?.(saved);
          }}
        />
      )}
    </Dialog>
  );
}
