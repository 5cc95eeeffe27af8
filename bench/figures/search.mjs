// Search as people type it, over every patient of the large demo, by one client over HTTP.
import { figure, quantile, round } from '../harness.mjs';

const SAMPLE = 300;

/** The beginning of a name, and letters from inside its longest word. */
const prefix = (name) => name.slice(0, 3);
const inside = (name) => {
  const word = name.split(' ').sort((a, b) => b.length - a.length)[0];
  return word.slice(1, 5);
};

async function sample(client) {
  const patients = [];
  for (let cursor = ''; patients.length < SAMPLE; ) {
    const page = (
      await client.call('GET', `/patients?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    ).json;
    patients.push(...page.items);
    cursor = page.next_cursor;
  }
  return patients;
}

export async function search({ client }) {
  const patients = await sample(client);
  const terms = {
    'Arabic prefix': patients.map((p) => prefix(p.name_ar)),
    'Latin prefix': patients.map((p) => prefix(p.name_en)),
    'Arabic substring': patients.map((p) => inside(p.name_ar)),
    'Latin substring': patients.map((p) => inside(p.name_en)),
    'end of a phone number': patients.filter((p) => p.phone).map((p) => p.phone.slice(-6)),
  };
  for (const [what, list] of Object.entries(terms)) {
    const times = [];
    for (const q of list) {
      const answer = await client.call('GET', `/patients?q=${encodeURIComponent(q)}`);
      if (answer.status !== 200 || answer.json.items.length === 0) throw new Error(`nothing found for ${q}`);
      times.push(answer.ms);
    }
    const p95 = quantile(times, 0.95);
    figure(`search by ${what}, p95 of ${times.length}, ms`, round(p95, 1), '≤ 10', p95 <= 10);
  }
}
