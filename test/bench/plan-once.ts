import { plan } from '../../domain/rollout/plan.ts';
import { fleetInput } from './fleet.ts';

const [, , clients, seed] = process.argv;
plan(fleetInput(Number(clients), Number(seed)));
process.stdout.write(String(process.resourceUsage().maxRSS));
