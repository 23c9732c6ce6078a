import { Select, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import type { HolidayPlace } from '../../api/types.ts';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { ruleAt } from '../document/edit-document.ts';
import { holidaySetOf } from '../document/rule-patterns.ts';
import type { PatternFormProps } from './form-parts.tsx';
import { HolidayReview } from './holiday-review.tsx';

/** Public holidays of a place, proposed by a library and reviewed by a person before they count. */
export function HolidaysForm({ document, place, onDone }: PatternFormProps): ReactElement {
  const places = useQuery({
    queryKey: ['holiday-places'],
    queryFn: () => take(api.GET('/v1/holidays/places')),
    staleTime: Infinity,
  });
  const rule = place && ruleAt(document, place);
  const set = rule && holidaySetOf(rule);
  return (
    <QueryPanel query={places} rows={2}>
      {({ items }) =>
        set === null ? (
          <NewHolidays places={items} document={document} onDone={onDone} />
        ) : (
          <Dates set={set} of={placeOfSet(items, set)} document={document} onDone={onDone} />
        )
      }
    </QueryPanel>
  );
}

/** A country or one of its regions, as days are asked for it. */
interface Whose {
  readonly country: string;
  readonly region: string | null;
}

type FormProps = Pick<PatternFormProps, 'document' | 'onDone'>;

function NewHolidays({
  places,
  ...form
}: FormProps & { readonly places: readonly HolidayPlace[] }): ReactElement {
  const [country, setCountry] = useState<string | null>(null);
  const [region, setRegion] = useState<string | null>(null);
  const place = places.find((each) => each.country === country) ?? null;
  const of = place && { country: place.country, region };
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          data-autofocus
          label="Country"
          searchable
          data={places.map((each) => ({ value: each.country, label: each.name }))}
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
      {of !== null && <Dates key={setOf(of)} set={setOf(of)} of={of} {...form} />}
    </Stack>
  );
}

interface DatesProps extends FormProps {
  readonly set: string;
  /** null = nobody proposes dates for this set: it was written by hand. */
  readonly of: Whose | null;
}

function Dates({ set, of, ...form }: DatesProps): ReactElement {
  if (of === null) return <HolidayReview set={set} proposal={null} {...form} />;
  return <ProposedDates set={set} of={of} {...form} />;
}

function ProposedDates({ set, of, ...form }: DatesProps & { readonly of: Whose }): ReactElement {
  const { country, region } = of;
  const thisYear = new Date().getFullYear();
  const proposal = useQuery({
    queryKey: ['holidays', country, region, thisYear],
    queryFn: () => {
      const years = [thisYear, thisYear + 1, thisYear + 2];
      const body = { country, ...(region === null ? {} : { region }), years };
      return take(api.POST('/v1/holidays/propose', { body }));
    },
    staleTime: Infinity,
  });
  return (
    <QueryPanel query={proposal} rows={6}>
      {(data) => <HolidayReview set={set} proposal={data} {...form} />}
    </QueryPanel>
  );
}

/** The name under which the days of a place stand in a calendar. */
function setOf({ country, region }: Whose): string {
  return (region === null ? country : `${country}-${region}`).toLowerCase();
}

function placeOfSet(places: readonly HolidayPlace[], set: string): Whose | null {
  return (
    places
      .flatMap(({ country, regions }) => [
        { country, region: null },
        ...regions.map(({ code }) => ({ country, region: code })),
      ])
      .find((each) => setOf(each) === set) ?? null
  );
}
