/* global connect, ensureIndexes, isMongoUrl, print, quit, withoutPassword */

/** The end of the script for mongosh: connects, does the work, and leaves with its exit code. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by the text that this file becomes a part of
async function runInMongosh(database, wanted) {
  const url = process.env.MONGO_URL ?? '';
  let exitCode = 2;
  if (!isMongoUrl(url)) {
    print('the environment variable MONGO_URL must hold a MongoDB URL, its user and password percent-encoded');
  } else {
    try {
      const db = connect(url).getSiblingDB(database);
      exitCode = await ensureIndexes((command) => db.runCommand(command), wanted, print);
    } catch (error) {
      print(withoutPassword(`the database cannot be used: ${error.message}`, url));
    }
  }
  quit(exitCode);
}
