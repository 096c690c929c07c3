const { default: TestSequencer } = require('@jest/test-sequencer');

/** Begins with the tests that take longest, as Jest does itself once it has run them: until then it goes by the files' sizes. */
module.exports = class extends TestSequencer {
  sort(tests) {
    const isLong = ({ path }) => Number(/__tests__\/(e2e|tools)\//.test(path));
    return super.sort(tests).sort((a, b) => isLong(b) - isLong(a));
  }
};
