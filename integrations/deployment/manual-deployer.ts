import { permitLapsed } from '../../domain/rollout/classify-deploy-answer.ts';
import type { Deployer } from './deployer.ts';

/** A person does the work and records it; there is nobody to ask. */
export function openManualDeployer(): Deployer {
  return {
    capability: 'none',
    dispatch: ({ beforeWrite }) =>
      Promise.resolve(
        beforeWrite() ? { kind: 'waits-for-person' } : { kind: 'not-started', cause: permitLapsed },
      ),
    lookUp: () => Promise.resolve({ kind: 'not-supported' }),
    test: () => Promise.resolve({ kind: 'not-supported' }),
  };
}
