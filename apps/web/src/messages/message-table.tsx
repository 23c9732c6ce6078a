import { Table, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { Message } from '../api/types.ts';
import { IconMail } from '../icons.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Moment } from '../parts/moment.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { messageStates } from '../words/states.ts';
import { readable } from '../words/terms.ts';
import { MessageDrawer } from './message-drawer.tsx';
import classes from './message-table.module.css';

interface MessageTableProps {
  readonly messages: readonly Message[];
  readonly isNarrow?: boolean;
}

/** Mails with whom they are for and how far each has come; one opens as it was sent. */
export function MessageTable({ messages, isNarrow = false }: MessageTableProps): ReactElement {
  const [openId, setOpenId] = useState<string | null>(null);
  if (messages.length === 0) {
    return (
      <EmptyState title="No message" icon={IconMail}>
        Messages appear here when they are written, before they leave.
      </EmptyState>
    );
  }
  return (
    <>
      <Table.ScrollContainer minWidth={isNarrow ? 420 : 760}>
        <Table verticalSpacing="xs" horizontalSpacing="md" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Message</Table.Th>
              {!isNarrow && <Table.Th>To</Table.Th>}
              <Table.Th>State</Table.Th>
              <Table.Th>Since</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {messages.map((message) => (
              <Table.Tr key={message.id}>
                <Table.Td>
                  <UnstyledButton
                    className={classes['subject'] ?? ''}
                    onClick={() => {
                      setOpenId(message.id);
                    }}
                  >
                    {message.subject}
                  </UnstyledButton>
                  <Text size="xs" c="dimmed">
                    {readable(message.kind)}
                    {isNarrow && ` to ${message.toName}`}
                    {!message.live && ' · went to the owner, not to the client'}
                  </Text>
                </Table.Td>
                {!isNarrow && (
                  <Table.Td>
                    <Text size="sm">{message.toName}</Text>
                    <Text size="xs" c="dimmed">
                      {message.client?.name ?? message.to}
                    </Text>
                  </Table.Td>
                )}
                <Table.Td>
                  <StateBadge look={messageStates[message.status]} words={message.statusWords} />
                </Table.Td>
                <Table.Td>
                  <Moment at={message.statusSince} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <MessageDrawer
        id={openId}
        onClose={() => {
          setOpenId(null);
        }}
      />
    </>
  );
}
