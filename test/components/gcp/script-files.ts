export interface ScriptFile {
  path: string;
  mode: string;
  content: string;
}

/** The files that a startup script writes, read back as its shell would. */
export function filesOf(script: string): ScriptFile[] {
  const written = /^put (\d+) '([^']+)' <<'END_OF_FILE'\n([\s\S]*?)^END_OF_FILE$/gm;
  return [...script.matchAll(written)].map(([, mode = '', path = '', content = '']) => ({ path, mode, content }));
}
