import { accessIn } from './access';
import { ClusterApi } from './api';
import { PostgresOperator } from './postgres-operator';

/** `node postgres-operator.main <kubeconfig>`: a process of its own, for a test that waits for the engine does nothing else. */
void new PostgresOperator(new ClusterApi(accessIn(process.argv[2] ?? ''))).run();
