// Lints planted files by the project's own configuration: reads [{ file, code }] from standard input and writes, for
// each, the messages of its own rules. A process of its own, as ESLint loads its configuration by a dynamic import.
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';

const eslint = new ESLint({
  // Types are of no use to these rules, and reading all of the project's takes half a minute.
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
});
const planted = JSON.parse(readFileSync(0, 'utf8'));
const found = [];
for (const { file, code } of planted) {
  const [result] = await eslint.lintText(code, { filePath: file });
  found.push(result.messages.map(({ ruleId, fatal, message }) => ruleId ?? (fatal ? `fatal: ${message}` : message)));
}
process.stdout.write(JSON.stringify(found));
