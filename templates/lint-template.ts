import Handlebars from 'handlebars';
import { advance, samePlace, urlAttributes, type HtmlPosition } from './html-position.ts';
import { knownHelpers } from './render-pool.ts';

/** What a template writes; HTML has places where data must not stand. */
export type TemplateFormat = 'html' | 'text' | 'subject';

export interface TemplateProblem {
  readonly line: number;
  readonly message: string;
}

export interface LintOptions {
  readonly format: TemplateFormat;
  /** The partials this template may call. */
  readonly partials: readonly string[];
}

const refusedPathParts = new Set(['__proto__', 'constructor', 'prototype', '__defineGetter__']);
const blockHelpers = new Set(['if', 'unless', 'each']);

/** The reasons a template is refused, in the order of its lines; none when it may be used. */
export function lintTemplate(source: string, options: LintOptions): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  if (/\{\{[^}]*pm:/i.test(source)) {
    problems.push({
      line: 1,
      message: 'placeholders of the mail provider ("pm:") are not allowed',
    });
  }
  if (options.format === 'subject' && /[\r\n]/.test(source.replace(/\r?\n$/, ''))) {
    problems.push({ line: 1, message: 'a subject is one line' });
  }
  try {
    new Linter(options, problems).lint(Handlebars.parse(source));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems.push({ line: 1, message: `is not readable: ${message}` });
  }
  return problems.sort((one, other) => one.line - other.line);
}

/** Names the partials that call themselves, directly or through others. */
export function recursivePartials(partials: Readonly<Record<string, string>>): readonly string[] {
  const calls = new Map(
    Object.entries(partials).map(([name, source]) => [
      name,
      [...source.matchAll(/\{\{~?#?>\s*([^\s}]+)/g)].map((match) => match[1] ?? ''),
    ]),
  );
  const reaches = (from: string, target: string, seen: Set<string>): boolean =>
    (calls.get(from) ?? []).some((each) => {
      if (each === target) return true;
      if (seen.has(each)) return false;
      seen.add(each);
      return reaches(each, target, seen);
    });
  return Object.keys(partials).filter((name) => reaches(name, name, new Set()));
}

class Linter {
  private readonly options: LintOptions;
  private readonly problems: TemplateProblem[];
  private position: HtmlPosition = { kind: 'text' };

  constructor(options: LintOptions, problems: TemplateProblem[]) {
    this.options = options;
    this.problems = problems;
  }

  lint(program: hbs.AST.Program): void {
    this.program(program);
    if (this.position.kind !== 'text') this.report(program, 'ends inside an element');
  }

  private program(program: hbs.AST.Program): void {
    if ((program.blockParams as readonly string[] | undefined)?.length) {
      this.report(program, 'block parameters are not allowed');
    }
    for (const statement of program.body) this.statement(statement);
  }

  private statement(statement: hbs.AST.Statement): void {
    switch (statement.type) {
      case 'ContentStatement':
        this.content(statement as hbs.AST.ContentStatement);
        return;
      case 'CommentStatement':
        return;
      case 'MustacheStatement':
        this.mustache(statement as hbs.AST.MustacheStatement);
        return;
      case 'BlockStatement':
        this.block(statement as hbs.AST.BlockStatement);
        return;
      case 'PartialStatement':
        this.partial(statement as hbs.AST.PartialStatement);
        return;
      default:
        this.report(statement, `${statement.type} (decorator or partial block) is not allowed`);
    }
  }

  private content(statement: hbs.AST.ContentStatement): void {
    const text = statement.value;
    if (text.includes('{{')) this.report(statement, 'escaped braces are not allowed');
    if (this.options.format !== 'html') return;
    this.position = advance(this.position, text, (message) => {
      this.report(statement, message);
    });
  }

  private mustache(statement: hbs.AST.MustacheStatement): void {
    if (!statement.escaped) this.report(statement, 'triple braces and {{& are not allowed');
    const helper = this.call(statement, statement.path, statement.params, statement.hash);
    if (this.options.format === 'html') this.place(statement, helper);
  }

  /** Checks a helper call or plain value; answers the helper's name, '' for a value. */
  private call(
    node: hbs.AST.Node,
    callee: hbs.AST.Expression,
    params: readonly hbs.AST.Expression[],
    hash: hbs.AST.Hash | undefined,
  ): string {
    if (hash && hash.pairs.length > 0) this.report(node, 'named helper arguments are not allowed');
    for (const each of params) this.expression(each);
    if (callee.type !== 'PathExpression') {
      this.report(node, 'a value or helper must be named');
      return '';
    }
    const name = (callee as hbs.AST.PathExpression).original;
    const isKnown = (knownHelpers as readonly string[]).includes(name);
    if (params.length > 0 && !isKnown) this.report(node, `"${name}" is no helper`);
    if (!isKnown) this.expression(callee);
    return isKnown ? name : '';
  }

  private expression(expression: hbs.AST.Expression): void {
    if (expression.type === 'SubExpression') {
      const inner = expression as hbs.AST.SubExpression;
      this.call(inner, inner.path, inner.params, inner.hash);
      return;
    }
    if (expression.type !== 'PathExpression') return;
    const path = expression as hbs.AST.PathExpression;
    if (path.parts.some((part) => typeof part !== 'string' || refusedPathParts.has(part))) {
      this.report(path, `"${path.original}" is not allowed`);
    }
    if (path.data && !['@index', '@first', '@last'].includes(path.original)) {
      this.report(path, `"${path.original}" is not allowed`);
    }
  }

  private place(node: hbs.AST.Node, helper: string): void {
    const position = this.position;
    if (position.kind === 'text') {
      if (helper === 'safeUrl') {
        this.report(node, 'safeUrl belongs into a quoted address attribute');
      }
      return;
    }
    if (position.kind !== 'value') {
      const where = { tag: 'an element', comment: 'a comment' } as Readonly<Record<string, string>>;
      this.report(
        node,
        `a value inside ${where[position.kind] ?? 'an unquoted attribute'} is not allowed`,
      );
      if (position.kind === 'before-value') this.position = { kind: 'tag' };
      return;
    }
    this.placeInValue(node, helper, position);
  }

  private placeInValue(
    node: hbs.AST.Node,
    helper: string,
    position: Extract<HtmlPosition, { kind: 'value' }>,
  ): void {
    if (urlAttributes.has(position.name)) {
      if (helper !== 'safeUrl') {
        this.report(node, `${position.name} takes an address through safeUrl only`);
      }
      this.position = { ...position, written: `${position.written}\u0000` };
      return;
    }
    if (position.name === 'style' || position.name === 'srcdoc' || position.name.startsWith('on')) {
      this.report(node, `a value inside ${position.name} is not allowed`);
    }
    if (helper === 'notes') this.report(node, 'release notes cannot stand in an attribute');
  }

  private block(statement: hbs.AST.BlockStatement): void {
    const name = (statement.path as { original?: unknown }).original;
    if (typeof name !== 'string' || !blockHelpers.has(name)) {
      this.report(statement, `the block "${String(name)}" is not allowed; use if, unless or each`);
    }
    this.call(statement, statement.path, statement.params, statement.hash);
    const before = this.position;
    for (const branch of [statement.program, statement.inverse as hbs.AST.Program | undefined]) {
      if (!branch) continue;
      this.position = before;
      this.program(branch);
      if (!samePlace(before, this.position)) {
        this.report(statement, 'a block must end in the same place of the HTML in which it began');
      }
    }
    // whatever the branch wrote, an attribute name is over after it
    this.position = before.kind === 'attribute-name' ? { kind: 'tag' } : before;
  }

  private partial(statement: hbs.AST.PartialStatement): void {
    if (statement.name.type !== 'PathExpression') {
      this.report(statement, 'a partial must be named, not computed');
      return;
    }
    const name = statement.name.original;
    if (!this.options.partials.includes(name)) {
      this.report(statement, `there is no partial "${name}"`);
    }
    const hasArguments =
      statement.params.length > 0 ||
      Boolean((statement.hash as hbs.AST.Hash | undefined)?.pairs.length);
    if (hasArguments) this.report(statement, 'partials take no arguments');
    if (this.options.format === 'html' && this.position.kind !== 'text') {
      this.report(statement, 'a partial cannot stand inside an element');
    }
  }

  private report(node: hbs.AST.Node, message: string): void {
    this.problems.push({ line: node.loc.start.line, message });
  }
}
