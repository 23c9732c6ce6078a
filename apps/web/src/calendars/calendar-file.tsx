import { Button, Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CalendarDetail } from '../api/types.ts';
import { IconDownload, IconFileCode, IconUpload } from '../icons.ts';

interface CalendarFileProps {
  readonly calendar: CalendarDetail;
  /** null = may only be read. */
  readonly onText: (() => void) | null;
}

/** The calendar as a file: to take away, to bring, or to write by hand. */
export function CalendarFile({ calendar, onText }: CalendarFileProps): ReactElement {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconFileCode size={16} />}>
          File
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconDownload size={14} />}
          component="a"
          href={fileOf(calendar.yaml, 'application/yaml')}
          download={`${calendar.name}.yaml`}
        >
          Export as YAML
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={14} />}
          component="a"
          href={fileOf(JSON.stringify(calendar.document, null, 2), 'application/json')}
          download={`${calendar.name}.json`}
        >
          Export as JSON
        </Menu.Item>
        {onText !== null && (
          <Menu.Item leftSection={<IconUpload size={14} />} onClick={onText}>
            Edit as text, or import
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function fileOf(text: string, type: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
}
