import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OpenToAll } from './access/needs.ts';
import { Contract } from './contract.ts';

/** The contract itself, for whoever writes a client. */
@ApiExcludeController()
@Controller('v1/openapi.json')
export class ContractController {
  constructor(private readonly contract: Contract) {}

  @Get()
  @OpenToAll()
  showContract(): object {
    return this.contract.document ?? {};
  }
}
