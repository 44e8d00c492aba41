// The sentences in the Rust sources that users of the page can see: messages, remedies, notices, rules.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support.mjs";

/** Sources whose messages reach the page. */
const SPEAKS = ["read", "check", "make", "profile.rs", "template/pages.rs", "theme", "toml_file.rs", "period.rs", "tally", "audit/report.rs", "audit/mod.rs", "audit/read_json.rs", "audit/read_csv.rs", "protect/protection.rs", "failure.rs"];
/** Exceptions: columnar files, which the page's engine doesn't read, joined files of several mappings, and texts for
 * terminals and mapping files. */
const SILENT = /tests|properties|parquet|read\/propose|check\/text|make\/locate|make\/interpret|read\/join\.rs|file_name/;

function sources(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => sources(join(path, name)));
}

/** Sentences with their gaps as `{}`, each with its source file. */
export function sentences() {
  const found = new Map();
  for (const file of SPEAKS.flatMap((it) => sources(join(root, "src", it)))) {
    if (!file.endsWith(".rs") || SILENT.test(file)) continue;
    const [code] = readFileSync(file, "utf8").split("\n#[cfg(test)]\n");
    const plain = code.replace(/^\s*\/\/.*$/gm, "");
    const starts = /(Failure::(?:data|usage)\(|\.remedy\(|Notice::new\(\s*NoticeKind::\w+,|notice\(\s*NoticeKind::\w+,|suspect\(|tell\(|about\(NoticeKind::\w+,|write_str\(|write!\(\s*f,|write!\(out,|let message =|message:|=>|Some\(near\) =>|\.choose\()\s*\{?\s*(?:format!\()?\s*"((?:[^"\\]|\\[^])*)"/g;
    for (const [, , text] of plain.matchAll(starts)) {
      const sentence = text.replace(/\\\n\s*/g, "").replace(/\\"/g, '"').replace(/\{\{/g, "\u0001").replace(/\}\}/g, "\u0002")
        .replace(/\{[^}]*\}/g, "{}").replace(/\u0001/g, "{").replace(/\u0002/g, "}");
      // Single words are names of things.
      if (sentence.includes(" ") && /[a-z]{3}/.test(sentence.replaceAll("{}", ""))) found.set(sentence, file.slice(root.length + 1));
    }
  }
  return found;
}
