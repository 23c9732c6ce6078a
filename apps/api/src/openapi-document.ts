import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { problemBody } from './http/problem.schemas.ts';

const methods = ['get', 'put', 'post', 'delete'] as const;

/** The contract as OpenAPI 3.1, made from the same schemas that check what comes in and goes out. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Daymark')
    .setDescription('Carries every change from planned to verified at every client.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .addCookieAuth('daymark_session')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_, method) => method,
    standardSchemaConverter: convert,
  });
  return withProblems(document);
}

/** One id may stand for what is sent and for what is answered; what is sent gets a name of its own. */
function convert(
  schema: unknown,
  { schemaType }: { readonly schemaType: 'input' | 'output' },
): { schema: unknown; components?: Record<string, unknown> } | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const converted = z.toJSONSchema(schema, {
    io: schemaType,
    target: 'draft-2020-12',
    reused: 'inline',
  });
  return unfold(converted, schemaType === 'input' ? 'Input' : '');
}

/** Named parts become components of the document. */
function unfold(
  converted: Record<string, unknown>,
  suffix: string,
): { schema: unknown; components?: Record<string, unknown> } {
  const { $defs, ...root } = converted;
  delete root['$schema'];
  const named = ($defs ?? {}) as Record<string, unknown>;
  const components = Object.fromEntries(
    Object.entries(named).map(([name, part]) => [name + suffix, renamed(part, suffix)]),
  );
  const rootId = root['id'];
  if (typeof rootId === 'string') {
    const { id, ...rest } = root;
    return {
      schema: { $ref: `#/components/schemas/${String(id)}${suffix}` },
      components: { ...components, [rootId + suffix]: renamed(rest, suffix) },
    };
  }
  return { schema: renamed(root, suffix), components };
}

function renamed(part: unknown, suffix: string): unknown {
  if (Array.isArray(part)) return part.map((each) => renamed(each, suffix));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key, value]) => !isNoise(key, value, part))
      .map(([key, value]) =>
        key === '$ref' && typeof value === 'string'
          ? [key, value.replace(/^#\/\$defs\/(.*)$/, `#/components/schemas/$1${suffix}`)]
          : [key, renamed(value, suffix)],
      ),
  );
}

/** Names that became components, and what a format says already. */
function isNoise(key: string, value: unknown, part: object): boolean {
  if (key === 'id') return typeof value === 'string';
  if (key === 'pattern') return 'format' in part;
  return Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
}

/** Every operation may answer a problem instead. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const { components } = convert(problemBody, { schemaType: 'output' }) ?? {};
  const problem = {
    description: 'A problem, RFC 9457',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item as Record<string, unknown>).map(([method, operation]) => [
          method,
          (methods as readonly string[]).includes(method)
            ? withDefault(operation as { responses: Record<string, unknown> }, problem)
            : operation,
        ]),
      ),
    ]),
  );
  const schemas = { ...document.components?.schemas, ...components };
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...document,
    paths,
    components: { ...document.components, schemas: sorted as never },
    security: [{ cookie: [] }, { bearer: [] }],
  };
}

function withDefault(
  operation: { readonly responses: Record<string, unknown> },
  problem: unknown,
): unknown {
  return { ...operation, responses: { ...operation.responses, default: problem } };
}
