import { Button, Menu, Tooltip } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import type { Rollout } from '../../api/types.ts';
import { IconCalendarEvent, IconHandStop, IconPlayerPlay, IconPlayerStop } from '../../icons.ts';
import { useRights } from '../../layout/me.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { useFilter } from '../../parts/use-filter.ts';
import { ControlDialog } from './control-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import classes from './rollout-controls.module.css';

/** *Stop starting* always in reach; then what can be done about it. */
export function RolloutControls({ rollout }: { readonly rollout: Rollout }): ReactElement | null {
  const { controls, manages } = useRights();
  const [asked, setAsked] = useFilter('do');
  const [pausing, setPausing] = useState(false);
  const isOver = rollout.state !== 'running' && rollout.state !== 'paused';
  useStopKey(rollout.state === 'running' && controls, setPausing);
  if (isOver) return null;
  const close = (): void => {
    setAsked(null);
  };
  return (
    <>
      {manages && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default">More</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconCalendarEvent size={16} />}
              onClick={() => {
                setAsked('plan-again');
              }}
            >
              Plan clients again
            </Menu.Item>
            <Menu.Item
              color="signal"
              leftSection={<IconPlayerStop size={16} />}
              onClick={() => {
                setAsked('stop');
              }}
            >
              Stop for good
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <PauseOrResume
        state={rollout.state}
        mayControl={controls}
        onPause={() => {
          setPausing(true);
        }}
        onResume={() => {
          setAsked('resume');
        }}
      />
      {pausing && (
        <PauseDialog
          rollout={rollout}
          onClose={() => {
            setPausing(false);
          }}
        />
      )}
      {asked === 'stop' && (
        <ControlDialog rolloutId={rollout.id} verb="stop" clients={[]} onClose={close} />
      )}
      {asked === 'resume' && (
        <ReasonDialog
          title="Resume starting"
          verb="Resume"
          said="Resumed"
          onClose={close}
          act={(reason) => resume(rollout.id, reason)}
        >
          Clients whose slot is still ahead go on as planned; those that missed it need a new date.
        </ReasonDialog>
      )}
    </>
  );
}

interface PauseOrResumeProps {
  readonly state: Rollout['state'];
  readonly mayControl: boolean;
  readonly onPause: () => void;
  readonly onResume: () => void;
}

function PauseOrResume(props: PauseOrResumeProps): ReactElement {
  const { state, mayControl, onPause, onResume } = props;
  const isPaused = state === 'paused';
  const Icon = isPaused ? IconPlayerPlay : IconHandStop;
  return (
    <Tooltip label="Ask an administrator for the right to pause and resume" disabled={mayControl}>
      <span>
        <Button
          color={isPaused ? 'harbour' : 'signal'}
          disabled={!mayControl}
          className={classes['stop'] ?? ''}
          leftSection={<Icon size={18} />}
          onClick={isPaused ? onResume : onPause}
        >
          {isPaused ? 'Resume' : 'Stop starting'}
        </Button>
      </span>
    </Tooltip>
  );
}

/** Shift and P, outside of fields: nobody should look for the button when it burns. */
function useStopKey(isOn: boolean, open: (isOpen: boolean) => void): void {
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (
        event.key !== 'P' ||
        !event.shiftKey ||
        target?.closest('input, textarea, [role=dialog]')
      ) {
        return;
      }
      event.preventDefault();
      open(true);
    };
    globalThis.addEventListener('keydown', listen);
    return () => {
      globalThis.removeEventListener('keydown', listen);
    };
  }, [isOn, open]);
}

function resume(id: string, reason: string): Promise<unknown> {
  return take(api.POST('/v1/rollouts/{id}/resume', { params: { path: { id } }, body: { reason } }));
}
