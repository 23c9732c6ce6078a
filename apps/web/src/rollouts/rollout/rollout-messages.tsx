import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { rolloutMessagesQuestion } from '../../api/queries.ts';
import { MessageTable } from '../../messages/message-table.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';

/** The mails of this rollout. */
export function RolloutMessages({ rolloutId }: { readonly rolloutId: string }): ReactElement {
  const messages = useQuery(rolloutMessagesQuestion(rolloutId));
  return (
    <Section title="Messages" count={messages.data?.items.length} flush>
      <QueryPanel query={messages} rows={6}>
        {({ items }) => <MessageTable messages={items} />}
      </QueryPanel>
    </Section>
  );
}
