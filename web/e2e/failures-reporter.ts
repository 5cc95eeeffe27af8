import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter';

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const LENGTH = 300;

/** Says at the very end, in a few lines each, what went wrong: a long log is often read from its end. */
export default class FailuresReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_: FullConfig, suite: Suite) {
    this.suite = suite;
  }

  onEnd() {
    const failed = (this.suite?.allTests() ?? []).filter((test) => !test.ok() || test.outcome() === 'flaky');
    for (const test of failed) console.log(this.told(test));
  }

  private told(test: TestCase): string {
    const errors = test.results.flatMap(({ errors }) => errors);
    const lines = errors.map(({ message = '' }) => {
      const text = message.replace(ESCAPES, '').replace(/\s+/g, ' ');
      return `    ${text.slice(0, LENGTH)}`;
    });
    return [`${test.outcome()}: ${test.titlePath().slice(2).join(' › ')}`, ...new Set(lines)].join('\n');
  }

  printsToStdio() {
    return false;
  }
}
