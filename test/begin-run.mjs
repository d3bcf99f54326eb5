/** Names this run, so that the first test that needs a database starts the engine on its behalf. */
export default () => {
  process.env.THROUGHLINE_TEST_RUN = String(process.pid);
};
