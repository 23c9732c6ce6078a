import { Alert, Button, Divider, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { IconPlus } from '../../icons.ts';
import { describeCoverage } from '../document/describe-rule.ts';
import { coveragePatternOf, withCoverage } from '../document/edit-document.ts';
import { coverageOf, type CoveragePattern, type TeamPattern } from '../document/patterns.ts';
import { AwayRows } from './away-rows.tsx';
import { FormFrame, type PatternFormProps } from './form-parts.tsx';
import { TeamFields } from './team-fields.tsx';

const escalation: TeamPattern = {
  name: 'escalation',
  people: 2,
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
  zone: null,
  off: [],
  during: 0,
  aftercare: 2,
};

/** Teams, who is away, and how many must be there while work runs and afterwards. */
export function CoverageForm({ document, onDone }: PatternFormProps): ReactElement {
  const sets = Object.keys(document.holidays ?? {});
  const stored = document.coverage === undefined ? null : coveragePatternOf(document.coverage);
  const [pattern, setPattern] = useState<CoveragePattern>(
    stored ?? {
      teams: [{ ...escalation, off: sets }],
      away: [],
      aftercareHours: 8,
      withinHours: 24,
    },
  );
  const change = (part: Partial<CoveragePattern>): void => {
    setPattern((before) => ({ ...before, ...part }));
  };
  if (document.coverage !== undefined && stored === null) return <BeyondTheForm />;
  const coverage = coverageOf(pattern);
  const names = pattern.teams.map(({ name }) => name);
  const canAdd = coverage !== null && names.every(Boolean) && new Set(names).size === names.length;
  return (
    <FormFrame
      canAdd={canAdd}
      says={
        coverage === null
          ? 'Nobody is required yet.'
          : `Open only with ${describeCoverage(coverage).join(', and ')}.`
      }
      onAdd={() => {
        onDone(withCoverage(document, coverage));
      }}
    >
      <Teams teams={pattern.teams} sets={sets} onChange={change} />
      <Divider label="Afterwards" labelPosition="left" />
      <SimpleGrid cols={2}>
        <NumberInput
          label="Hours that must be staffed"
          min={0.5}
          step={1}
          value={pattern.aftercareHours}
          onChange={(value) => {
            change({ aftercareHours: Number(value) });
          }}
        />
        <NumberInput
          label="Within hours after the work"
          min={1}
          allowDecimal={false}
          value={pattern.withinHours}
          onChange={(value) => {
            change({ withinHours: Number(value) });
          }}
        />
      </SimpleGrid>
      <Divider label="Away" labelPosition="left" />
      <AwayRows teams={names} away={pattern.away} onChange={change} />
    </FormFrame>
  );
}

interface TeamsProps {
  readonly teams: readonly TeamPattern[];
  readonly sets: readonly string[];
  readonly onChange: (part: { readonly teams: readonly TeamPattern[] }) => void;
}

function Teams({ teams, sets, onChange }: TeamsProps): ReactElement {
  return (
    <Stack gap="lg">
      {teams.map((team, index) => (
        <TeamFields
          key={index}
          team={team}
          sets={sets}
          onChange={(changed) => {
            onChange({ teams: teams.map((each, place) => (place === index ? changed : each)) });
          }}
          onRemove={
            teams.length === 1
              ? null
              : () => {
                  onChange({ teams: teams.filter((_, place) => place !== index) });
                }
          }
        />
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            const next = { ...escalation, name: 'front-line', people: 3, aftercare: 0, off: sets };
            onChange({ teams: [...teams, next] });
          }}
        >
          Add a team
        </Button>
      </Group>
    </Stack>
  );
}

function BeyondTheForm(): ReactElement {
  return (
    <Alert color="amber" title="This coverage says more than the form can">
      <Text size="sm">
        Edit it as text (File, “Edit as text, or import”); nothing of it is lost there.
      </Text>
    </Alert>
  );
}
