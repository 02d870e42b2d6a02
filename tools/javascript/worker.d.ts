// What the library of workers does not know yet.

interface WorkerNavigator {
  connection?: { saveData: boolean };
}
