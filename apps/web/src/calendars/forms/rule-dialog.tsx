import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CalendarDocument } from '../document/calendar-document.ts';
import type { RuleForm } from '../document/rule-patterns.ts';
import { ruleForms } from './rule-forms.ts';

interface RuleDialogProps {
  readonly of: RuleForm;
  readonly document: CalendarDocument;
  readonly onEdit: (document: CalendarDocument) => void;
  readonly onClose: () => void;
}

/** The form of a pattern: empty for a new rule, filled in for one that is there. */
export function RuleDialog({ of, document, onEdit, onClose }: RuleDialogProps): ReactElement {
  const { title, form: Form } = ruleForms[of.pattern];
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Form
        document={document}
        place={of.place}
        onDone={(edited) => {
          onEdit(edited);
          onClose();
        }}
      />
    </Modal>
  );
}
