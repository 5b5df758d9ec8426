import { accessIn } from './access';
import { ClusterApi } from './api';
import { MongoOperator } from './mongo-operator';

/** `node mongo-operator.main <kubeconfig>`: a process of its own, for a test that waits for the engine does nothing else. */
void new MongoOperator(new ClusterApi(accessIn(process.argv[2] ?? ''))).run();
