/*
 * The look of every mail. Templates name classes; the sanitiser writes these declarations into the
 * elements, and the style sheet in the head adds what only modern mail programs understand.
 */

const sans =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
const text = `${sans}font-size:16px;line-height:24px;color:#1b2733;`;

/** Declarations by class name, or by element name for what release notes contain. */
export const inlineStyles: Readonly<Record<string, string>> = {
  page: `margin:0;padding:0;background-color:#eef1f4;${text}`,
  canvas: 'width:100%;border-collapse:collapse;background-color:#eef1f4;',
  frame: 'padding:24px 12px 40px;',
  sheet:
    'width:100%;max-width:600px;border-collapse:separate;background-color:#ffffff;border:1px solid #d9dfe5;border-radius:12px;',
  brand: `${sans}padding:20px 32px;border-bottom:1px solid #e5e9ee;font-size:14px;line-height:20px;font-weight:600;color:#44525f;`,
  content: `${text}padding:28px 32px 12px;`,
  title: `${sans}margin:0 0 16px;font-size:24px;line-height:31px;font-weight:700;letter-spacing:-0.2px;color:#10202e;`,
  label: `${sans}margin:0 0 2px;font-size:13px;line-height:18px;font-weight:600;color:#566472;`,
  section: `${sans}margin:28px 0 8px;font-size:17px;line-height:24px;font-weight:700;color:#10202e;`,
  card: 'width:100%;border-collapse:separate;margin:20px 0;background-color:#f3f6f9;border:1px solid #dce3ea;border-radius:10px;',
  'card-cell': `${text}padding:16px 20px;`,
  fact: `${sans}margin:0 0 12px;font-size:17px;line-height:24px;font-weight:600;color:#10202e;`,
  last: 'margin-bottom:0;',
  struck: 'text-decoration:line-through;font-weight:400;color:#566472;',
  'button-table': 'border-collapse:separate;margin:22px 0 8px;',
  'button-cell': 'background-color:#0b5f6b;border-radius:8px;',
  button: `${sans}display:inline-block;padding:14px 26px;font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:8px;`,
  plain: `${sans}color:#0b5f6b;text-decoration:underline;word-break:break-word;`,
  quiet: `${sans}margin:0 0 12px;font-size:14px;line-height:21px;color:#566472;`,
  said: `${text}margin:0 0 16px;padding:10px 16px;border-left:3px solid #b9c5d0;white-space:pre-line;`,
  lines: 'white-space:pre-line;',
  good: 'border-left:5px solid #1f7a4d;',
  warn: 'border-left:5px solid #b26a00;',
  bad: 'border-left:5px solid #b3261e;',
  banner: `${sans}padding:12px 32px;background-color:#fff4d6;border-bottom:1px solid #ecd9a0;font-size:14px;line-height:20px;color:#553c00;`,
  help: `${sans}padding:20px 32px 24px;border-top:1px solid #e5e9ee;font-size:14px;line-height:21px;color:#44525f;`,
  foot: `${sans}padding:16px 20px 0;font-size:12px;line-height:18px;color:#566472;`,
  p: 'margin:0 0 14px;',
  ul: 'margin:0 0 16px;padding-left:22px;',
  ol: 'margin:0 0 16px;padding-left:22px;',
  li: 'margin:0 0 6px;',
  h3: `${sans}margin:20px 0 6px;font-size:16px;line-height:23px;font-weight:700;color:#10202e;`,
  h4: `${sans}margin:18px 0 6px;font-size:15px;line-height:22px;font-weight:700;color:#10202e;`,
  h5: `${sans}margin:16px 0 6px;font-size:14px;line-height:21px;font-weight:700;color:#44525f;`,
  code: 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:14px;',
  pre: 'margin:0 0 16px;padding:12px 14px;background-color:#f3f6f9;border-radius:8px;white-space:pre-wrap;word-break:break-word;',
  blockquote: 'margin:0 0 16px;padding:2px 16px;border-left:3px solid #b9c5d0;',
  hr: 'margin:24px 0;border:0;border-top:1px solid #dce3ea;',
};

/** What stands in the head: narrow screens and dark mode. */
export const headStyles = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { -webkit-text-size-adjust: 100%; }
.content a, .help a { color: #0b5f6b; }
.content a.button { color: #ffffff; }
@media (max-width: 480px) {
  .frame { padding: 0 0 24px !important; }
  .sheet { border: 0 !important; border-radius: 0 !important; }
  .brand, .banner, .content, .help { padding-left: 20px !important; padding-right: 20px !important; }
  .button-table, .button-cell, .button { width: 100% !important; box-sizing: border-box; text-align: center; }
  .title { font-size: 22px !important; line-height: 29px !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .canvas { background-color: #11181f !important; color: #e6ebf0 !important; }
  .content, .content p, .content li, .content td, .content th, .said { color: #e6ebf0 !important; }
  .title, .section, .fact, .content h3, .content h4 { color: #ffffff !important; }
  .brand, .help { color: #b8c4cf !important; border-color: #303c48 !important; }
  .content p.label, .content p.quiet, .foot, .content h5, .struck { color: #a9b6c2 !important; }
  .card { background-color: #222d38 !important; border-color: #384653 !important; }
  .content pre { background-color: #222d38 !important; }
  .banner { background-color: #4a3a0c !important; border-color: #6b5617 !important; color: #ffeebd !important; }
  .content a, .help a, .plain { color: #7fd3de !important; }
  .button-cell { background-color: #0f7583 !important; }
  .content a.button { color: #ffffff !important; }
}`;
