// A Kubernetes control plane in one program, for tests: `control-plane etcd|apiserver|controllers|scheduler|nodes …`
// are the real components with their own flags, and `certificates` and `stand-ins` are what a cluster needs around
// them. See README.md.
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"

	// Time zones for CronJobs, logs in JSON, and the metrics that the components register.
	_ "time/tzdata"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kwokconfig "sigs.k8s.io/kwok/pkg/config"
	kwok "sigs.k8s.io/kwok/pkg/kwok/cmd"
	kwoklog "sigs.k8s.io/kwok/pkg/log"
	"sigs.k8s.io/kwok/pkg/utils/signals"
)

// A part of the control plane. Its name becomes argv[0], and through it the user agent: objects show who wrote them.
type part struct {
	name string
	run  func() error
}

func component(command *cobra.Command) error {
	if code := cli.Run(command); code != 0 {
		os.Exit(code)
	}
	return nil
}

var parts = map[string]part{
	"etcd":         {"etcd", func() error { etcdmain.Main(os.Args); return nil }},
	"apiserver":    {"kube-apiserver", func() error { return component(apiserver.NewAPIServerCommand()) }},
	"controllers":  {"kube-controller-manager", func() error { return component(controllers.NewControllerManagerCommand()) }},
	"scheduler":    {"kube-scheduler", func() error { return component(scheduler.NewSchedulerCommand()) }},
	"nodes":        {"kwok", runNodes},
	"stand-ins":    {"stand-ins", runStandIns},
	"certificates": {"certificates", writeCertificates},
}

func main() {
	var chosen part
	if len(os.Args) > 1 {
		chosen = parts[os.Args[1]]
	}
	if chosen.run == nil {
		names := make([]string, 0, len(parts))
		for name := range parts {
			names = append(names, name)
		}
		sort.Strings(names)
		fmt.Fprintf(os.Stderr, "usage: control-plane %s [flags]\n", strings.Join(names, "|"))
		os.Exit(2)
	}
	os.Args = append([]string{chosen.name}, os.Args[2:]...)
	if err := chosen.run(); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", chosen.name, err)
		os.Exit(1)
	}
}

// kwok plays the kubelets: nodes that are Ready, pods that run and stop when they should.
func runNodes() error {
	// Kubernetes' packages have put --version on the process-wide flags, and kwok's command adds its own.
	pflag.CommandLine = pflag.NewFlagSet(os.Args[0], pflag.ExitOnError)
	early := pflag.NewFlagSet("early", pflag.ContinueOnError)
	early.ParseErrorsWhitelist.UnknownFlags = true
	early.Usage = func() {}
	ctx, _ := kwoklog.InitFlags(signals.SetupSignalContext(), early)
	ctx, err := kwokconfig.InitFlags(ctx, early)
	if err != nil {
		return err
	}
	command := kwok.NewCommand(ctx)
	command.PersistentFlags().AddFlagSet(early)
	return command.ExecuteContext(ctx)
}
