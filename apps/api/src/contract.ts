import { Injectable } from '@nestjs/common';

/** The OpenAPI document; it is made once all routes are known. */
@Injectable()
export class Contract {
  document: object | null = null;
}
