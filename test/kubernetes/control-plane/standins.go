package main

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"net/http"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// runStandIns plays what a cloud and its add-ons bring to a cluster: the metrics API that autoscalers ask, and the
// addresses of load balancers.
func runStandIns() error {
	kubeconfig := flag.String("kubeconfig", "", "of an administrator")
	address := flag.String("address", "127.0.0.1:0", "where the metrics API listens")
	certificate := flag.String("tls-cert-file", "", "of the metrics API")
	key := flag.String("tls-private-key-file", "", "of the metrics API")
	flag.Parse()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 100, 200
	cluster, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	go func() {
		for ; ; time.Sleep(500 * time.Millisecond) {
			if err := giveAddresses(context.Background(), cluster); err != nil {
				fmt.Println("addresses:", err)
			}
		}
	}()
	server := &http.Server{Addr: *address, Handler: &usage{cluster}, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServeTLS(*certificate, *key)
}

// giveAddresses puts an address on every load balancer and ingress that has none yet.
func giveAddresses(ctx context.Context, cluster kubernetes.Interface) error {
	everywhere := metav1.ListOptions{ResourceVersion: "0"}
	services, err := cluster.CoreV1().Services("").List(ctx, everywhere)
	if err != nil {
		return err
	}
	for i := range services.Items {
		service := &services.Items[i]
		if service.Spec.Type != corev1.ServiceTypeLoadBalancer || len(service.Status.LoadBalancer.Ingress) > 0 {
			continue
		}
		service.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: addressOf(string(service.UID))}}
		if _, err := cluster.CoreV1().Services(service.Namespace).UpdateStatus(ctx, service, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	ingresses, err := cluster.NetworkingV1().Ingresses("").List(ctx, everywhere)
	if err != nil {
		return err
	}
	for i := range ingresses.Items {
		ingress := &ingresses.Items[i]
		if len(ingress.Status.LoadBalancer.Ingress) > 0 {
			continue
		}
		ingress.Status.LoadBalancer.Ingress = []networkingv1.IngressLoadBalancerIngress{{IP: addressOf(string(ingress.UID))}}
		if _, err := cluster.NetworkingV1().Ingresses(ingress.Namespace).UpdateStatus(ctx, ingress, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// addressOf is always the same for one object, out of the range that is kept for documentation.
func addressOf(uid string) string {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(uid))
	return fmt.Sprintf("203.0.113.%d", 1+hash.Sum32()%254)
}
