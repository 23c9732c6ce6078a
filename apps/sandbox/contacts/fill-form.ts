import type { FormControl, HtmlForm } from './html-form.ts';

/** What a contact has made up their mind to. */
export interface Intention {
  readonly decision: 'approve' | 'reject';
  readonly name: string;
  readonly comment: string;
}

// Where nobody is asked to approve, the page offers to object or to say that all is fine.
const wordsFor = { approve: ['approve', 'fine'], reject: ['reject', 'object'] } as const;

/**
 * Fills a form as a person would and answers with what a browser would send.
 * Null when the form offers no such decision.
 */
export function fillForm(form: HtmlForm, intention: Intention): URLSearchParams | null {
  if (form.method !== 'post') return null;
  const offered = form.controls.filter(
    (control) => control.name === 'decision' && control.kind !== 'text',
  );
  const words = wordsFor[intention.decision];
  const decision = words.find((word) => offered.some((control) => control.value === word));
  if (decision === undefined) return null;
  const filled = new URLSearchParams();
  for (const control of form.controls) {
    const value = control.name === 'decision' ? null : valueOf(control, intention);
    if (value !== null) filled.append(control.name, value);
  }
  filled.append('decision', decision);
  return filled;
}

function valueOf(control: FormControl, intention: Intention): string | null {
  switch (control.kind) {
    case 'submit':
      return null;
    case 'checkbox':
    case 'radio':
      return isTicked(control) ? control.value : null;
    case 'text':
    case 'textarea':
      return written(control, intention) ?? control.value;
    case 'hidden':
    case 'select':
      return control.value;
  }
}

function isTicked(control: FormControl): boolean {
  if (control.isChecked) return true;
  return control.kind === 'checkbox' && (control.name === 'tried' || control.isRequired);
}

// A name that is filled in already stays; a comment is written only by somebody who says no.
function written(control: FormControl, intention: Intention): string | null {
  if (control.name === 'name' && control.value === '') return intention.name;
  if (control.name === 'comment' && intention.decision === 'reject') return intention.comment;
  return null;
}
