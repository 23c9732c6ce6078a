import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from './src/api.module.ts';
import type { Backend } from './src/backend.ts';
import { openApiDocument } from './src/openapi-document.ts';

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('Name the file to write, such as docs/openapi.json');

// Services are built but never called here, so they need nothing to work with.
// Nest declares its options as a class and takes a literal, and so do the parts.
// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
const app = await NestFactory.create(ApiModule.with({} as Backend), { logger: false });
await writeFile(target, `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
