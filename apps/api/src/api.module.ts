import {
  type DynamicModule,
  Module,
  StandardSchemaSerializerInterceptor,
  StandardSchemaValidationPipe,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access/access-guard.ts';
import { issuesToProblem } from './http/issues-to-problem.ts';
import { AgreementsController } from './agreements/agreements.controller.ts';
import { AgreementsService } from './agreements/agreements.service.ts';
import { ApprovalsController } from './approvals/approvals.controller.ts';
import { ApprovalsService } from './approvals/approvals.service.ts';
import { AttentionController } from './attention/attention.controller.ts';
import { AttentionService } from './attention/attention.service.ts';
import { Backend } from './backend.ts';
import { CadencesController } from './cadences/cadences.controller.ts';
import { CadencesService } from './cadences/cadences.service.ts';
import { CalendarsController } from './calendars/calendars.controller.ts';
import { CalendarsService } from './calendars/calendars.service.ts';
import { TimelineService } from './calendars/timeline.service.ts';
import { BuildsService } from './changes/builds.service.ts';
import { ChangesController } from './changes/changes.controller.ts';
import { ChangesService } from './changes/changes.service.ts';
import { ClientPagesController } from './client-pages/client-pages.controller.ts';
import { ClientPagesService } from './client-pages/client-pages.service.ts';
import { ClientImport } from './clients/client-import.service.ts';
import { ClientsController } from './clients/clients.controller.ts';
import { ClientsService } from './clients/clients.service.ts';
import { DeployersController } from './deployers/deployers.controller.ts';
import { DeployersService } from './deployers/deployers.service.ts';
import { EventsController } from './events/events.controller.ts';
import { HealthController } from './health/health.controller.ts';
import { HolidaysController } from './holidays/holidays.controller.ts';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { MessagesController } from './messages/messages.controller.ts';
import { MessagesService } from './messages/messages.service.ts';
import { PlansController } from './plans/plans.controller.ts';
import { PlansService } from './plans/plans.service.ts';
import { PoliciesController } from './policies/policies.controller.ts';
import { PoliciesService } from './policies/policies.service.ts';
import { RehearsalsController } from './rehearsals/rehearsals.controller.ts';
import { RehearsalsService } from './rehearsals/rehearsals.service.ts';
import { ChosenDatesController } from './rollouts/chosen-dates.controller.ts';
import { ChosenDatesService } from './rollouts/chosen-dates.service.ts';
import { ClientRequestsController } from './rollouts/client-requests.controller.ts';
import { ClientRequestsService } from './rollouts/client-requests.service.ts';
import { ControlController } from './rollouts/control.controller.ts';
import { ControlService } from './rollouts/control.service.ts';
import { ReplanController } from './rollouts/replan.controller.ts';
import { ReplanService } from './rollouts/replan.service.ts';
import { RolloutClientsService } from './rollouts/rollout-clients.service.ts';
import { RolloutsController } from './rollouts/rollouts.controller.ts';
import { RolloutsService } from './rollouts/rollouts.service.ts';
import { SettleService } from './rollouts/settle.service.ts';
import { StoryService } from './rollouts/story.service.ts';
import { SessionController } from './session/session.controller.ts';
import { SessionService } from './session/session.service.ts';
import { SitesController } from './sites/sites.controller.ts';
import { SitesService } from './sites/sites.service.ts';
import { StaffController } from './staff/staff.controller.ts';
import { StaffService } from './staff/staff.service.ts';
import { TodayController } from './today/today.controller.ts';
import { TodayService } from './today/today.service.ts';
import { Contract } from './contract.ts';
import { ContractController } from './contract.controller.ts';
import { DoctorService } from './vendor/doctor.service.ts';
import { VendorController } from './vendor/vendor.controller.ts';
import { VendorService } from './vendor/vendor.service.ts';
import { WebhooksController } from './webhooks/webhooks.controller.ts';
import { ZoneDataController } from './zone-data/zone-data.controller.ts';
import { ZoneDataService } from './zone-data/zone-data.service.ts';

const controllers = [
  SessionController,
  StaffController,
  VendorController,
  ClientsController,
  SitesController,
  DeployersController,
  ChangesController,
  PoliciesController,
  CadencesController,
  CalendarsController,
  AgreementsController,
  HolidaysController,
  ZoneDataController,
  PlansController,
  RehearsalsController,
  RolloutsController,
  ControlController,
  ReplanController,
  ChosenDatesController,
  ClientRequestsController,
  MessagesController,
  ApprovalsController,
  AttentionController,
  TodayController,
  EventsController,
  HealthController,
  ContractController,
  ClientPagesController,
  WebhooksController,
];

const services = [
  SessionService,
  StaffService,
  VendorService,
  DoctorService,
  ClientsService,
  ClientImport,
  SitesService,
  DeployersService,
  ChangesService,
  BuildsService,
  PoliciesService,
  CadencesService,
  CalendarsService,
  TimelineService,
  AgreementsService,
  ZoneDataService,
  PlansService,
  RehearsalsService,
  RolloutsService,
  RolloutClientsService,
  ControlService,
  ReplanService,
  ChosenDatesService,
  ClientRequestsService,
  SettleService,
  StoryService,
  MessagesService,
  ApprovalsService,
  AttentionService,
  TodayService,
  ClientPagesService,
  Contract,
];

// The stored answer of a repeated request is the one that left, so idempotency lies outside of the serializer.
const everywhere = [
  { provide: APP_FILTER, useClass: ProblemFilter },
  { provide: APP_GUARD, useClass: AccessGuard },
  {
    provide: APP_PIPE,
    useValue: new StandardSchemaValidationPipe({ exceptionFactory: issuesToProblem }),
  },
  { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
];

/** The API's parts; what they work with is handed in, so that tests and the contract's writer bring their own. */
@Module({})
export class ApiModule {
  static with(backend: Backend): DynamicModule {
    return {
      module: ApiModule,
      controllers,
      providers: [{ provide: Backend, useValue: backend }, ...services, ...everywhere],
    };
  }
}
