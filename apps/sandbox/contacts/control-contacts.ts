import { z } from 'zod';
import { readControlBody } from '../http/control-body.ts';
import { sendJson } from '../http/exchange.ts';
import type { Route } from '../http/router.ts';
import {
  answerMail,
  type ContactAnswer,
  type Contacts,
  type ContactsOptions,
} from './answer-mail.ts';
import type { ContactsAtWork } from './contacts-at-work.ts';

const orderSchema = z.strictObject({
  isOn: z.boolean(),
  except: z.array(z.string()).default([]),
  decision: z.enum(['approve', 'reject']).default('approve'),
});

/** The contacts as the control API shows them. */
export interface ContactsView {
  readonly isOn: boolean;
  readonly except: readonly string[];
  readonly answers: readonly ContactAnswer[];
  readonly problem: string | null;
}

/** Contacts that can be sent to work and home again while everything runs. */
export interface ContactsSwitch {
  readonly set: (work: ContactsAtWork) => Promise<void>;
  readonly view: () => ContactsView;
  readonly stop: () => Promise<void>;
}

/** A switch that begins in the given position. */
export function createContactsSwitch(
  mail: Pick<ContactsOptions, 'mailUrl' | 'mailToken' | 'answerAfterMs' | 'pollMs'>,
  first: ContactsAtWork,
): ContactsSwitch {
  const answers: ContactAnswer[] = [];
  let work = first;
  let contacts: Contacts | null = null;

  const begin = (): void => {
    const onAnswer = (answer: ContactAnswer): void => {
      answers.push(answer);
    };
    const { except, decision } = work;
    contacts = work.isOn ? answerMail({ ...mail, except, decision, onAnswer }) : null;
  };

  begin();
  return {
    set: async (next) => {
      await contacts?.stop();
      work = next;
      begin();
    },
    view: () => ({
      isOn: work.isOn,
      except: work.except,
      answers,
      problem: contacts?.problem() ?? null,
    }),
    stop: async () => {
      await contacts?.stop();
    },
  };
}

/** `GET` and `PUT /control/contacts`. */
export function contactsRoutes(contacts: ContactsSwitch): readonly Route[] {
  const path = /^\/control\/contacts$/;
  return [
    {
      method: 'GET',
      path,
      handle: ({ response }) => {
        sendJson(response, 200, contacts.view());
      },
    },
    {
      method: 'PUT',
      path,
      handle: async (exchange) => {
        await contacts.set(await readControlBody(exchange, orderSchema));
        sendJson(exchange.response, 200, contacts.view());
      },
    },
  ];
}
