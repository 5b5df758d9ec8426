package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	metrics "k8s.io/metrics/pkg/apis/metrics/v1beta1"
)

const root = "/apis/metrics.k8s.io/v1beta1"

// What a pod uses unless its annotations usage-cpu and usage-memory say otherwise.
var idle = corev1.ResourceList{
	corev1.ResourceCPU:    resource.MustParse("50m"),
	corev1.ResourceMemory: resource.MustParse("64Mi"),
}

// usage serves metrics.k8s.io as the metrics server does, with what the pods' annotations say instead of measurements.
type usage struct {
	cluster kubernetes.Interface
}

func (u *usage) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	answer, err := u.answer(request)
	code := http.StatusOK
	if err != nil {
		status := errors.NewInternalError(err)
		if known, ok := err.(*errors.StatusError); ok {
			status = known
		}
		status.ErrStatus.TypeMeta = metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}
		answer, code = status.ErrStatus, int(status.ErrStatus.Code)
	}
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(code)
	_ = json.NewEncoder(response).Encode(answer)
}

func (u *usage) answer(request *http.Request) (any, error) {
	if request.URL.Path == "/openapi/v2" {
		return map[string]any{"swagger": "2.0", "info": map[string]string{"title": "usage", "version": "v1"}, "paths": map[string]any{}}, nil
	}
	rest, found := strings.CutPrefix(request.URL.Path, root)
	if !found {
		return nil, errors.NewNotFound(metrics.Resource("paths"), request.URL.Path)
	}
	options := metav1.ListOptions{LabelSelector: request.URL.Query().Get("labelSelector"), ResourceVersion: "0"}
	switch path := strings.Split(strings.Trim(rest, "/"), "/"); {
	case path[0] == "":
		return directory(), nil
	case len(path) == 1 && path[0] == "pods":
		return u.pods(request, "", options)
	case len(path) == 3 && path[0] == "namespaces" && path[2] == "pods":
		return u.pods(request, path[1], options)
	case len(path) == 4 && path[0] == "namespaces" && path[2] == "pods":
		pod, err := u.cluster.CoreV1().Pods(path[1]).Get(request.Context(), path[3], metav1.GetOptions{})
		if err != nil {
			return nil, err
		}
		return ofPod(pod), nil
	default:
		return nil, errors.NewNotFound(metrics.Resource("paths"), request.URL.Path)
	}
}

func directory() metav1.APIResourceList {
	verbs := metav1.Verbs{"get", "list"}
	return metav1.APIResourceList{
		TypeMeta:     metav1.TypeMeta{Kind: "APIResourceList", APIVersion: "v1"},
		GroupVersion: "metrics.k8s.io/v1beta1",
		APIResources: []metav1.APIResource{{Name: "pods", Namespaced: true, Kind: "PodMetrics", Verbs: verbs}},
	}
}

func (u *usage) pods(request *http.Request, namespace string, options metav1.ListOptions) (any, error) {
	pods, err := u.cluster.CoreV1().Pods(namespace).List(request.Context(), options)
	if err != nil {
		return nil, err
	}
	list := metrics.PodMetricsList{
		TypeMeta: metav1.TypeMeta{Kind: "PodMetricsList", APIVersion: "metrics.k8s.io/v1beta1"},
		Items:    []metrics.PodMetrics{},
	}
	for i := range pods.Items {
		// Only what runs has been measured.
		if pods.Items[i].Status.Phase == corev1.PodRunning {
			list.Items = append(list.Items, ofPod(&pods.Items[i]))
		}
	}
	return list, nil
}

// ofPod spreads the pod's use evenly over its containers.
func ofPod(pod *corev1.Pod) metrics.PodMetrics {
	measured := metrics.PodMetrics{
		TypeMeta:   metav1.TypeMeta{Kind: "PodMetrics", APIVersion: "metrics.k8s.io/v1beta1"},
		ObjectMeta: metav1.ObjectMeta{Name: pod.Name, Namespace: pod.Namespace, Labels: pod.Labels},
		Timestamp:  metav1.Now(),
		Window:     metav1.Duration{Duration: 15 * time.Second},
	}
	share := int64(len(pod.Spec.Containers))
	for _, container := range pod.Spec.Containers {
		use := corev1.ResourceList{}
		for name, usual := range idle {
			whole, err := resource.ParseQuantity(pod.Annotations["usage-"+string(name)])
			if err != nil {
				whole = usual
			}
			use[name] = *resource.NewMilliQuantity(whole.MilliValue()/share, whole.Format)
		}
		measured.Containers = append(measured.Containers, metrics.ContainerMetrics{Name: container.Name, Usage: use})
	}
	return measured
}
