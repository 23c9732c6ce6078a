import { Badge, Checkbox, Group, ScrollArea, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import type { HolidayPlace, HolidayProposal } from '../../api/types.ts';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { longDate } from '../../words/dates.ts';
import { countOf } from '../../words/terms.ts';
import { withHolidays } from '../document/edit-document.ts';
import { FormFrame, type PatternFormProps } from './form-parts.tsx';

/** Public holidays of a place, proposed by a library and reviewed by a person before they count. */
export function HolidaysForm({ document, onDone }: PatternFormProps): ReactElement {
  const places = useQuery({
    queryKey: ['holiday-places'],
    queryFn: () => take(api.GET('/v1/holidays/places')),
    staleTime: Infinity,
  });
  const [country, setCountry] = useState<string | null>(null);
  const [region, setRegion] = useState<string | null>(null);
  const place = places.data?.items.find((each) => each.country === country) ?? null;
  return (
    <Stack>
      <QueryPanel query={places} rows={1}>
        {({ items }) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              data-autofocus
              label="Country"
              searchable
              data={items.map((each) => ({ value: each.country, label: each.name }))}
              value={country}
              onChange={(value) => {
                setCountry(value);
                setRegion(null);
              }}
            />
            <Select
              label="Region"
              searchable
              clearable
              clearButtonProps={{ 'aria-label': 'The whole country' }}
              placeholder="the whole country"
              disabled={place === null || place.regions.length === 0}
              data={place?.regions.map((each) => ({ value: each.code, label: each.name })) ?? []}
              value={region}
              onChange={setRegion}
            />
          </SimpleGrid>
        )}
      </QueryPanel>
      {place !== null && (
        <Proposal key={`${place.country} ${region ?? ''}`} place={place} region={region}>
          {(set) => {
            onDone(withHolidays(document, set));
          }}
        </Proposal>
      )}
    </Stack>
  );
}

interface ProposalProps {
  readonly place: HolidayPlace;
  readonly region: string | null;
  readonly children: (set: Parameters<typeof withHolidays>[1]) => void;
}

function Proposal({ place, region, children }: ProposalProps): ReactElement {
  const { country } = place;
  const thisYear = new Date().getFullYear();
  const years = [thisYear, thisYear + 1, thisYear + 2];
  const proposal = useQuery({
    queryKey: ['holidays', country, region, thisYear],
    queryFn: () =>
      take(
        api.POST('/v1/holidays/propose', {
          body: { country, ...(region === null ? {} : { region }), years },
        }),
      ),
    staleTime: Infinity,
  });
  const set = [country, region]
    .filter((part) => part !== null)
    .join('-')
    .toLowerCase();
  return (
    <QueryPanel query={proposal} rows={6}>
      {(data) => (
        <Review
          proposal={data}
          onDone={(dates, areNoBusinessDays) => {
            const title = `Public holidays ${data.place}`;
            children({ set, dates, title, areClosed: true, areNoBusinessDays });
          }}
        />
      )}
    </QueryPanel>
  );
}

interface ReviewProps {
  readonly proposal: HolidayProposal;
  readonly onDone: (dates: readonly string[], areNoBusinessDays: boolean) => void;
}

function Review({ proposal, onDone }: ReviewProps): ReactElement {
  const [dates, setDates] = useState<readonly string[]>(
    proposal.items.filter(({ suggested }) => suggested).map(({ date }) => date),
  );
  const [areNoBusinessDays, setNoBusinessDays] = useState(true);
  const chosen = [...new Set(dates)];
  return (
    <FormFrame
      canAdd={chosen.length > 0}
      says={`Closed on ${countOf(chosen.length, 'date')}. ${proposal.attribution}`}
      onAdd={() => {
        onDone(chosen, areNoBusinessDays);
      }}
    >
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Checkbox.Group label="Review the dates" value={chosen} onChange={setDates}>
          <Stack gap={6} mt={6}>
            {proposal.items.map((item) => (
              <HolidayRow key={`${item.date} ${item.name}`} item={item} />
            ))}
          </Stack>
        </Checkbox.Group>
      </ScrollArea.Autosize>
      <Checkbox
        label="They are no business days either"
        checked={areNoBusinessDays}
        onChange={(event) => {
          setNoBusinessDays(event.currentTarget.checked);
        }}
      />
    </FormFrame>
  );
}

function HolidayRow({ item }: { readonly item: HolidayProposal['items'][number] }): ReactElement {
  return (
    <Checkbox
      value={item.date}
      label={
        <Group gap={6} component="span">
          <span>
            {longDate(item.date)}, {item.name}
          </span>
          {item.substitute && (
            <Badge size="xs" variant="light" tt="none">
              substitute
            </Badge>
          )}
          {item.kind !== 'public' && (
            <Badge size="xs" variant="default" tt="none">
              {item.kind}
            </Badge>
          )}
          {item.note !== null && (
            <Text span size="xs" c="dimmed">
              {item.note}
            </Text>
          )}
        </Group>
      }
    />
  );
}
