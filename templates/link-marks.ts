const mark = /\{\{link:([1-9]\d?)\}\}/g;

/**
 * Puts the secret links where their marks stand, right before the mail leaves.
 * @throws Error when a mark has no link or a link could break out of an HTML attribute.
 */
export function insertLinks(text: string, links: readonly string[]): string {
  return text.replace(mark, (whole, number: string) => {
    const link = links[Number(number) - 1];
    if (link === undefined) {
      throw new Error(
        `The message has the mark ${whole} but only ${links.length} links were given.`,
      );
    }
    if (!/^https?:\/\/[^\s<>"'`&{}\\]+$/.test(link)) {
      throw new Error(
        `The link for the mark ${whole} is no plain http or https address; check the configured base URL.`,
      );
    }
    return link;
  });
}

/**
 * The same message for a reader who may not answer for the client: links that lead to a mark are
 * dead, and marks that can be seen read as the replacement.
 */
export function hideLinks(text: string, replacement: string): string {
  return text.replace(/ href="\{\{link:[1-9]\d?\}\}"/g, '').replace(mark, () => replacement);
}

/** Breaks up every `{{` in finished HTML, so that the mail provider cannot take it for its own. */
export function breakBracesInHtml(html: string): string {
  return html.replace(/\{(?=\{)/g, '&#123;');
}

/** Breaks up every `{{` in finished plain text; it stays readable. */
export function breakBracesInText(text: string): string {
  return text.replace(/\{(?=\{)/g, '{\u200b');
}

/**
 * Stand-ins for link marks while a template is rendered. They are addresses nobody can guess, so
 * a `{{link:1}}` that somebody typed into a comment never becomes a link.
 */
export class LinkStandIns {
  private readonly marks: string[] = [];
  private readonly origin: string;

  constructor(secret: string) {
    this.origin = `https://${secret}.invalid/`;
  }

  /** The stand-in for one mark. */
  standInFor(linkMark: string): string {
    if (!this.marks.includes(linkMark)) this.marks.push(linkMark);
    return `${this.origin}${this.marks.indexOf(linkMark) + 1}-`;
  }

  /** The text with its marks back in place. */
  restore(text: string): string {
    return this.marks.reduce(
      (restored, each, index) => restored.replaceAll(`${this.origin}${index + 1}-`, each),
      text,
    );
  }
}
